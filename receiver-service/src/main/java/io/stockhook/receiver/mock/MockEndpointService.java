package io.stockhook.receiver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates, shows and changes the mock endpoints of a tenant. Another tenant's are as if they did not exist. */
@ApplicationScoped
class MockEndpointService {

    static final String KIND = "mock endpoint";

    private static final String SECRET = "secret";

    private final MockEndpointRepository endpoints;
    private final MockRequestTable requests;
    private final MockEndpointMapper mapper;
    private final MockSecrets secrets;
    private final MergePatcher patcher;

    MockEndpointService(
            MockEndpointRepository endpoints,
            MockRequestTable requests,
            MockEndpointMapper mapper,
            MockSecrets secrets,
            MergePatcher patcher) {
        this.endpoints = endpoints;
        this.requests = requests;
        this.mapper = mapper;
        this.secrets = secrets;
        this.patcher = patcher;
    }

    @Transactional
    MockEndpointView create(String tenantId, MockEndpointRequest input) {
        requireValid(input);
        MockEndpoint endpoint = new MockEndpoint();
        endpoint.id = Ids.next(Ids.Kind.MOCK_ENDPOINT);
        endpoint.tenantId = tenantId;
        endpoint.version = 1;
        endpoint.createdAt = MicroClock.now();
        endpoint.updatedAt = endpoint.createdAt;
        mapper.write(input, endpoint);
        if (input.secret() != null) {
            endpoint.secretEncrypted = secrets.encrypt(endpoint.id, input.secret());
        }
        endpoints.persistAndFlush(endpoint);
        requests.begin(tenantId, endpoint.id);
        return mapper.view(endpoint);
    }

    @Transactional
    Page<MockEndpointView> list(String tenantId, PageQuery query) {
        List<MockEndpoint> found = endpoints.listOfTenant(
                tenantId, query.after(id -> Ids.require(Ids.Kind.MOCK_ENDPOINT, id)), query.fetchSize());
        return Page.of(found, query, endpoint -> endpoint.id, mapper::view, null);
    }

    /** @throws HttpProblem 404 */
    @Transactional
    MockEndpointView get(String tenantId, String id) {
        return mapper.view(endpoints.findOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound(KIND, id)));
    }

    /**
     * Replaces everything but the secret, which stays unless one is given.
     *
     * @throws HttpProblem 404, or 412 if the caller saw another version
     */
    @Transactional
    MockEndpointView replace(String tenantId, String id, @Nullable String ifMatch, MockEndpointRequest input) {
        requireValid(input);
        MockEndpoint endpoint = lock(tenantId, id, ifMatch);
        if (input.secret() != null) {
            endpoint.secretEncrypted = secrets.encrypt(id, input.secret());
        }
        return change(endpoint, input);
    }

    /**
     * Changes what the merge patch names; a null secret takes the secret away.
     *
     * @throws HttpProblem 400 if the outcome is no mock endpoint, 404, or 412 if the caller saw another version
     */
    @Transactional
    MockEndpointView patch(String tenantId, String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        MockEndpoint endpoint = lock(tenantId, id, ifMatch);
        MockEndpointRequest input = patcher.apply(mapper.input(endpoint), patch, MockEndpointRequest.class);
        requireValid(input);
        if (input.secret() != null) {
            endpoint.secretEncrypted = secrets.encrypt(id, input.secret());
        } else if (patch != null && patch.has(SECRET)) {
            endpoint.secretEncrypted = null;
        }
        return change(endpoint, input);
    }

    /** @throws HttpProblem 404, or 412 if the caller saw another version */
    @Transactional
    void delete(String tenantId, String id, @Nullable String ifMatch) {
        endpoints.delete(lock(tenantId, id, ifMatch));
    }

    private static void requireValid(MockEndpointRequest input) {
        if (input.publicKey() != null && !Ed25519Keys.isPublicKey(input.publicKey())) {
            throw Problems.badField(
                    "public_key",
                    "Must be %s and the base64 of an Ed25519 public key.".formatted(Ed25519Keys.PUBLIC_PREFIX));
        }
    }

    private MockEndpoint lock(String tenantId, String id, @Nullable String ifMatch) {
        MockEndpoint endpoint = endpoints.lockOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound(KIND, id));
        EntityTags.requireMatch(ifMatch, endpoint.version);
        return endpoint;
    }

    /** Any change begins the sequence of answers anew: whoever makes one sets up the next experiment. */
    private MockEndpointView change(MockEndpoint endpoint, MockEndpointRequest input) {
        mapper.write(input, endpoint);
        endpoint.version++;
        endpoint.updatedAt = MicroClock.now();
        requests.restartAnswers(endpoint.tenantId, endpoint.id);
        return mapper.view(endpoint);
    }
}
