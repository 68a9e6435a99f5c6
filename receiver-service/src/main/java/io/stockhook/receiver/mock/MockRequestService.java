package io.stockhook.receiver.mock;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Shows and clears what a tenant's mock endpoints received. */
@ApplicationScoped
class MockRequestService {

    private final MockEndpoints endpoints;
    private final MockRequests requests;
    private final MockRequestMapper mapper;

    MockRequestService(MockEndpoints endpoints, MockRequests requests, MockRequestMapper mapper) {
        this.endpoints = endpoints;
        this.requests = requests;
        this.mapper = mapper;
    }

    /** @throws HttpProblem 404 if there is no such mock endpoint */
    @Transactional
    Page<MockRequestView> list(String tenantId, String endpointId, RequestOrder order, PageQuery query) {
        requireEndpoint(tenantId, endpointId);
        Optional<Long> after = query.after(Long::valueOf);
        List<MockRequests.Row> rows = requests.list(tenantId, endpointId, order, after, query.fetchSize());
        long total = requests.count(tenantId, endpointId);
        return Page.of(rows, query, row -> Long.toString(row.number()), mapper::view, total);
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
