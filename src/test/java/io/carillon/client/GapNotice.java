package io.carillon.client;

/** What the hub says when something cannot be replayed. */
public record GapNotice(String channel, long from, long to) {
    static GapNotice of(JsonObject json) {
        return new GapNotice(json.text("channel"), json.number("from"), json.number("to"));
    }
}
