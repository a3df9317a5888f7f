package io.carillon.publish;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts all resources of the WAR under {@code v1}; each server finds them by itself. */
@ApplicationPath("v1")
public class HubApplication extends Application {}
