package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The products of the caller's tenant. */
@Path(ProductResource.PATH)
@Tag(name = "Products", description = "What there is, what it costs, how many there are. Each change becomes an event.")
public class ProductResource {

    static final String PATH = "/api/v1/products";

    private static final String IF_MATCH =
            "Change it only if this is still its version: the `ETag` it was read with. 412 otherwise.";

    private final ProductService service;
    private final ProductMapper mapper;

    ProductResource(ProductService service, ProductMapper mapper) {
        this.service = service;
        this.mapper = mapper;
    }

    @POST
    @Idempotent
    @RolesAllowed(Roles.EDITOR)
    @Operation(summary = "Create a product", description = "Publishes `product.created`.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "409", description = "There is another product of this sku")
    public RestResponse<ProductView> create(@Valid ProductRequest request) {
        Product created = service.create(mapper.details(request), mapper.stock(request));
        return Answers.created(PATH, mapper.view(created));
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List products", description = "Those that hold to every filter given, in pages.")
    public Page<ProductView> list(
            @Valid @BeanParam ProductFilter filter,
            @QueryParam("sort")
                    @DefaultValue("id")
                    @Parameter(
                            description =
                                    "By what: `id` (time of creation), `name` or `price`; with a minus, descending.",
                            example = "-price")
                    ProductSort sort,
            @BeanParam PageQuery page) {
        return Page.of(service.list(filter, sort, page), page, sort::positionOf, mapper::view, null);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Get a product", description = "With its version as `ETag`.")
    @APIResponse(
            responseCode = "200",
            description = "The product",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    public RestResponse<ProductView> get(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String id) {
        return Answers.ok(mapper.view(service.get(id)));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            summary = "Replace a product",
            description =
                    "Publishes `product.updated` with what changed; nothing if nothing did. A changed quantity is an"
                            + " adjustment in the ledger.")
    @APIResponse(
            responseCode = "200",
            description = "The product as it is now",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "409", description = "There is another product of this sku")
    public RestResponse<ProductView> replace(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH, example = "\"1\"") @Nullable
                    String ifMatch,
            @Valid ProductRequest request) {
        return Answers.ok(mapper.view(service.change(id, ifMatch, product -> mapper.replaced(product, request))));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            summary = "Change a product",
            description = "A JSON merge patch (RFC 7396): null removes. Otherwise as replacing it.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MergePatch.MEDIA_TYPE,
                            schema = @Schema(type = SchemaType.OBJECT, implementation = Object.class),
                            examples = @ExampleObject(name = "price", value = "{\"price\": 179.90}")))
    @APIResponse(
            responseCode = "200",
            description = "The product as it is now",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "409", description = "There is another product of this sku")
    public RestResponse<ProductView> patch(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH, example = "\"1\"") @Nullable
                    String ifMatch,
            JsonNode patch) {
        return Answers.ok(mapper.view(service.change(id, ifMatch, product -> mapper.patched(product, patch))));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            summary = "Delete a product",
            description = "Publishes `product.deleted` with its last state. Its movements stay in the ledger.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH, example = "\"1\"") @Nullable
                    String ifMatch) {
        service.delete(id, ifMatch);
    }
}
