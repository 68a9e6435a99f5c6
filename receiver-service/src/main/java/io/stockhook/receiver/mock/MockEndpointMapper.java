package io.stockhook.receiver.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.events.EndpointRegistration;
import jakarta.inject.Singleton;
import java.util.List;

/** Between a mock endpoint's row and its JSON. */
@Singleton
class MockEndpointMapper {

    private static final String PATH = "/api/v1/mock/";
    private static final TypeReference<List<MockResponse>> RESPONSES = new TypeReference<>() {};

    private final ObjectMapper json;
    private final String urlPrefix;

    MockEndpointMapper(ObjectMapper json, MockConfig config) {
        this.json = json;
        this.urlPrefix = withoutTrailingSlash(config.baseUrl().toString()) + PATH;
    }

    /** Everything but the secret, whose encryption needs the endpoint's id and more than a mapper. */
    void write(MockEndpointRequest input, MockEndpoint endpoint) {
        endpoint.name = input.name();
        endpoint.publicKey = input.publicKey();
        endpoint.headerPrefix =
                input.headerPrefix() == null ? EndpointRegistration.DEFAULT_HEADER_PREFIX : input.headerPrefix();
        endpoint.responses = write(input.responses() == null ? List.of(MockResponse.OK) : input.responses());
    }

    /** The input that makes an endpoint what it is, without the secret, which is never given back. */
    MockEndpointRequest input(MockEndpoint endpoint) {
        return new MockEndpointRequest(
                endpoint.name, null, endpoint.publicKey, endpoint.headerPrefix, responses(endpoint.responses));
    }

    MockEndpointView view(MockEndpoint endpoint) {
        return new MockEndpointView(
                endpoint.id,
                endpoint.name,
                urlPrefix + endpoint.id,
                endpoint.secretEncrypted != null,
                endpoint.publicKey,
                endpoint.headerPrefix,
                responses(endpoint.responses),
                endpoint.version,
                endpoint.createdAt,
                endpoint.updatedAt);
    }

    List<MockResponse> responses(String stored) {
        try {
            return json.readValue(stored, RESPONSES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored responses of a mock endpoint cannot be read", e);
        }
    }

    private String write(List<MockResponse> responses) {
        try {
            return json.writeValueAsString(
                    responses.stream().map(MockResponse::complete).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("responses of a mock endpoint cannot be written", e);
        }
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
