package io.carillon.skeleton;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET v1/hello}, by JAX-RS. */
@Path("hello")
@RequestScoped
public class HelloResource {
    @Inject
    Greeting greeting;

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String hello() {
        return greeting.from("resource");
    }
}
