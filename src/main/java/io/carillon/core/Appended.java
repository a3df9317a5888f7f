package io.carillon.core;

/**
 * The log's answer for one publication.
 *
 * @param id the id it has; of the first one, when this is a duplicate
 * @param duplicate true when the same key was stored before, and nothing was stored now
 */
public record Appended(long id, String channel, boolean duplicate) {}
