package io.stockhook.web.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the description of every operation the problems that follow from its shape, so that no resource repeats them: a wrong
 * parameter or body, an unknown id, another version, too long a body, a part that is away. What a resource says itself stays.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

    /** What the framework says of a 400, which is nothing. */
    private static final String FRAMEWORKS_OWN = "Bad Request";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
            return;
        }
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        APIResponses responses =
                Objects.requireNonNullElseGet(operation.getResponses(), OASFactory::createAPIResponses);
        operation.setResponses(responses);
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        boolean hasBody = operation.getRequestBody() != null;
        boolean hasQuery = parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.QUERY);
        if (hasBody || hasQuery) {
            add(responses, "400", "A field or a parameter is missing, unknown or wrong; `errors` names each.");
        }
        if (path.contains("{")) {
            add(responses, "404", "There is none with this id.");
        }
        if (parameters.stream().anyMatch(parameter -> HttpHeaders.IF_MATCH.equals(parameter.getName()))) {
            add(responses, "412", "It was changed since the version that `If-Match` names.");
        }
        if (hasBody) {
            add(responses, "413", "The body is longer than is taken.");
        }
        add(responses, "503", "What this needs is away; come again after `Retry-After`.");
        responses.getAPIResponses().forEach(ProblemResponses::describeBody);
    }

    private static void describeBody(String status, APIResponse response) {
        boolean isProblem = status.startsWith("4") || status.startsWith("5");
        if (isProblem && response.getContent() == null) {
            response.setContent(OASFactory.createContent()
                    .addMediaType(HttpProblem.MEDIA_TYPE.toString(), OASFactory.createMediaType()));
        }
    }

    private static void add(APIResponses responses, String status, String description) {
        APIResponse own = responses.getAPIResponse(status);
        if (own == null || FRAMEWORKS_OWN.equals(own.getDescription())) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }
}
