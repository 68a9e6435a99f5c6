package io.stockhook.receiver.mock;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.events.Ids;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.web.problem.Problems;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;

/** Records what is sent to mock endpoints and says what to answer. */
@ApplicationScoped
class MockCallService {

    private final MockRequestTable requests;
    private final MockEndpointMapper endpointMapper;
    private final MockRequestMapper requestMapper;
    private final MockSecrets secrets;
    private final MockConfig config;

    MockCallService(
            MockRequestTable requests,
            MockEndpointMapper endpointMapper,
            MockRequestMapper requestMapper,
            MockSecrets secrets,
            MockConfig config) {
        this.requests = requests;
        this.endpointMapper = endpointMapper;
        this.requestMapper = requestMapper;
        this.secrets = secrets;
        this.config = config;
    }

    /**
     * Records the call and returns the answer that is next. Who knows the id may call: nobody is authenticated here, so the
     * endpoint is looked for across tenants.
     *
     * @throws HttpProblem 404 if there is no such mock endpoint
     */
    MockResponse receive(String endpointId, MockCall call) {
        return TenantScope.asSystem(
                () -> QuarkusTransaction.requiringNew().call(() -> recordAndAnswer(endpointId, call)));
    }

    /** @throws HttpProblem 404 if that cannot be a mock endpoint */
    void requireId(String endpointId) {
        if (!Ids.isA(Ids.Kind.MOCK_ENDPOINT, endpointId)) {
            throw Problems.notFound(MockEndpointService.KIND, endpointId);
        }
    }

    private MockResponse recordAndAnswer(String endpointId, MockCall call) {
        MockRequestTable.Turn turn =
                requests.next(endpointId).orElseThrow(() -> Problems.notFound(MockEndpointService.KIND, endpointId));
        MockResponse answer = MockBehaviour.answer(endpointMapper.responses(turn.responses()), turn.answered());
        SignatureVerifier verifier = secrets.verifier(endpointId, turn.secretEncrypted(), turn.publicKey());
        var signatures = MockBehaviour.verify(verifier, turn.secretEncrypted() != null, turn.headerPrefix(), call);
        requests.add(
                turn.tenantId(),
                endpointId,
                requestMapper.row(call, turn.number(), signatures, answer.statusOrOk()),
                config.maxRequests());
        return answer;
    }
}
