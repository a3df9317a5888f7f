package io.carillon.rest;

import io.carillon.protocol.WireWriter;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The part of a list that is asked for: at most so many, from a place on. */
public record Page(int offset, int limit) {
    /**
     * As an address has it.
     *
     * @param usual how many where none are named
     * @throws io.carillon.protocol.ProtocolException if one of them is no integer, or beyond the bounds
     */
    public static Page of(@Nullable String offset, @Nullable String limit, int usual, int most) {
        return new Page(
                Query.integer("offset", offset, 0, 0, Integer.MAX_VALUE),
                Query.integer("limit", limit, usual, 1, most));
    }

    /**
     * {@code 200 {"count","<name>":[...]}}: how many there are, and those of the page.
     *
     * @param room bytes that one of them takes, about
     */
    public <T> Response answer(String name, List<T> all, int room, BiConsumer<WireWriter, T> one) {
        int from = Math.min(offset, all.size());
        List<T> page = all.subList(from, Math.min(all.size(), from + limit));
        WireWriter to = new WireWriter(64 + room * page.size());
        to.ascii("{\"count\":").number(all.size()).ascii(',').string(name).ascii(':');
        return JsonAnswer.of(200, to.array(page, one).ascii('}'));
    }
}
