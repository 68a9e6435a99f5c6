package io.stockhook.web.etag;

import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;

/** Answers that show a resource, with its version as their {@code ETag}. */
public final class Answers {

    private Answers() {}

    /** 200: the resource as it is now. */
    public static <V extends Versioned> RestResponse<V> ok(V resource) {
        return of(StatusCode.OK, resource);
    }

    /** With this status: the resource as it is now. */
    public static <V extends Versioned> RestResponse<V> of(int status, V resource) {
        return builder(status, resource).build();
    }

    /** 201: the new resource and where it is. */
    public static <V extends Versioned> RestResponse<V> created(String collectionPath, V resource) {
        return created(StatusCode.CREATED, collectionPath, resource);
    }

    /** With this status: the new resource and where it is. */
    public static <V extends Versioned> RestResponse<V> created(int status, String collectionPath, V resource) {
        return builder(status, resource)
                .location(URI.create(collectionPath + '/' + resource.id()))
                .build();
    }

    private static <V extends Versioned> ResponseBuilder<V> builder(int status, V resource) {
        return ResponseBuilder.<V>create(status).entity(resource).tag(EntityTags.of(resource.version()));
    }
}
