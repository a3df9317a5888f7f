package io.carillon.skeleton;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources under {@code /v1}. */
@ApplicationPath("v1")
public class HelloApplication extends Application {}
