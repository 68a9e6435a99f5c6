package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.auth.EndpointAuth.MutualTls;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutualTlsClientsTests {

    private static final MutualTls ONE = new MutualTls("certificate 1", "key 1");
    private static final MutualTls OTHER = new MutualTls("certificate 2", "key 2");

    private final List<HttpClient> closed = new ArrayList<>();
    private final MutualTlsClients clients = new MutualTlsClients(2, unused -> client());

    @Test
    void anEndpointKeepsItsClient() {
        // Given
        HttpClient first = useAndRelease("wh_1", ONE);

        // When
        HttpClient second = useAndRelease("wh_1", ONE);

        // Then
        assertThat(second).isSameAs(first);
        assertThat(closed).isEmpty();
    }

    @Test
    void noTwoEndpointsShareOneThoughTheirCertificateIsTheSame() {
        assertThat(useAndRelease("wh_1", ONE)).isNotSameAs(useAndRelease("wh_2", ONE));
    }

    @Test
    void aNewCertificateGetsANewClientAndTheOldOneEndsWithItsLastRequest() {
        // Given
        MutualTlsClients.Lease underWay = clients.use("wh_1", ONE);

        // When
        HttpClient renewed = useAndRelease("wh_1", OTHER);

        // Then
        assertThat(renewed).isNotSameAs(underWay.client());
        assertThat(closed).isEmpty();
        clients.release(underWay);
        assertThat(closed).containsExactly(underWay.client());
    }

    @Test
    void pastTheBoundTheLongestUnusedIsClosed() {
        // Given
        HttpClient first = useAndRelease("wh_1", ONE);
        HttpClient second = useAndRelease("wh_2", ONE);
        useAndRelease("wh_1", ONE);

        // When
        useAndRelease("wh_3", ONE);

        // Then
        assertThat(closed).containsExactly(second);
        assertThat(useAndRelease("wh_1", ONE)).isSameAs(first);
    }

    private HttpClient useAndRelease(String endpointId, MutualTls identity) {
        MutualTlsClients.Lease lease = clients.use(endpointId, identity);
        clients.release(lease);
        return lease.client();
    }

    /** A client that only tells when it is closed. */
    private HttpClient client() {
        return (HttpClient) Proxy.newProxyInstance(
                HttpClient.class.getClassLoader(), new Class<?>[] {HttpClient.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "close":
                            closed.add((HttpClient) proxy);
                            return Future.succeededFuture();
                        case "equals":
                            return proxy == arguments[0];
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        case "toString":
                            return "client";
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
