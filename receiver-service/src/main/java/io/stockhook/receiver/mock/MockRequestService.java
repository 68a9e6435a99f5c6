package io.stockhook.receiver.mock;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Shows and clears what a tenant's mock endpoints received. */
@ApplicationScoped
class MockRequestService {

    private final MockEndpointRepository endpoints;
    private final MockRequestTable requests;
    private final MockRequestMapper mapper;
    private final MockConfig config;

    MockRequestService(
            MockEndpointRepository endpoints, MockRequestTable requests, MockRequestMapper mapper, MockConfig config) {
        this.endpoints = endpoints;
        this.requests = requests;
        this.mapper = mapper;
        this.config = config;
    }

    /** @throws HttpProblem 404 if there is no such mock endpoint */
    @Transactional
    Page<MockRequestView> list(String tenantId, String endpointId, RequestOrder order, PageQuery query) {
        requireEndpoint(tenantId, endpointId);
        Optional<Long> after = query.after(Long::valueOf);
        MockRequestTable.Stretch found = requests.list(
                tenantId,
                endpointId,
                order,
                after,
                query.limit(),
                config.pageSize().asLongValue());
        long total = requests.count(tenantId, endpointId);
        return Page.of(found.rows(), found.isLast(), row -> Long.toString(row.number()), mapper::view, total);
    }

    /** @throws HttpProblem 404 if there is no such mock endpoint */
    @Transactional
    void clear(String tenantId, String endpointId) {
        requireEndpoint(tenantId, endpointId);
        requests.clear(tenantId, endpointId);
    }

    private void requireEndpoint(String tenantId, String endpointId) {
        if (endpoints.findOfTenant(tenantId, endpointId).isEmpty()) {
            throw Problems.notFound(MockEndpointService.KIND, endpointId);
        }
    }
}
