package io.stockhook.web.trial;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Says nothing about who may call it. */
@Path("/api/v1/silent")
public class SilentResource {

    @GET
    public String get() {
        return "must not be seen";
    }
}
