package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * Who is in a channel, with however many connections: a user by his name, a stranger by the name that his client has for
 * itself, else by the one connection that he has. A stranger's name is no proof: whoever uses the same is the same member.
 *
 * @param id unique among all of them: {@code user:ann}, {@code client:tab-7} or {@code connection:n1-x-1}
 */
public record Member(
        String id, @Nullable String user, @Nullable String client) {

    /** The one behind a connection; null for a stranger's poll without a name: the next one could not be told from others. */
    static @Nullable Member of(Connection connection) {
        Client client = connection.client();
        if (client.user() != null) {
            return new Member("user:" + client.user(), client.user(), null);
        }
        if (client.name() != null) {
            return new Member("client:" + client.name(), null, client.name());
        }
        return client.transport() == Transport.LONG_POLL
                ? null
                : new Member("connection:" + connection.id(), null, null);
    }

    /** True for one who can never come back: with his connection he is gone. */
    boolean fleeting() {
        return user == null && client == null;
    }
}
