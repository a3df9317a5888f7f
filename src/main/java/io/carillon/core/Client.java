package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param user name of the authenticated principal; null for an unknown one
 * @param address where it comes from
 * @param credential by what right it is here; the connection ends with it
 */
public record Client(Transport transport, @Nullable String user, String address, Credential credential) {
    /** One without a credential that could run out. */
    public Client(Transport transport, @Nullable String user, String address) {
        this(transport, user, address, Credential.NONE);
    }

    /** @throws InvalidNameException for a user whose channel would have too long a name */
    public Client {
        if (user != null) {
            ChannelName.ofUser(user);
        }
    }
}
