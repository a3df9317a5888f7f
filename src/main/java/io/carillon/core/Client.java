package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param user name of the authenticated principal; null for an unknown one
 * @param address where it comes from
 * @param credential by what right it is here; the connection ends with it
 * @param name by which this client calls itself, so that it is known again when it comes back; null if it does not
 */
public record Client(
        Transport transport,
        @Nullable String user,
        String address,
        Credential credential,
        @Nullable String name) {
    /** One without a credential that could run out. */
    public Client(Transport transport, @Nullable String user, String address) {
        this(transport, user, address, Credential.NONE);
    }

    /** One without a name of its own. */
    public Client(Transport transport, @Nullable String user, String address, Credential credential) {
        this(transport, user, address, credential, null);
    }

    /** @throws InvalidNameException for a user whose channel would have too long a name */
    public Client {
        if (user != null) {
            ChannelName.ofUser(user);
        }
    }

    /** The channel to which it belongs by its user; null for an unknown one. */
    @Nullable
    String userChannel() {
        return user == null ? null : ChannelName.ofUser(user).value();
    }
}
