package io.carillon.client;

/**
 * One publication as a client got it.
 *
 * @param data the JSON text, unchanged
 */
public record Received(String channel, long id, String event, String data) {}
