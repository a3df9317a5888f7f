package io.carillon.monitor;

/**
 * Which Carillon this is.
 *
 * @param version as the build says
 */
public record Build(String version) {}
