package io.carillon.core;

import java.nio.charset.StandardCharsets;

/**
 * The name of a channel: 1 to 255 of {@code A-Z a-z 0-9 _ . : -}, in segments that {@code .} separates, none of them
 * empty. A name that starts with {@code $} is the hub's own.
 */
public record ChannelName(String value) {
    /** Characters in the longest name. */
    public static final int MAX_LENGTH = 255;

    /** The hub's own figures, for whoever administers it: the only name with {@code $} that one can subscribe to. */
    public static final String CONSOLE = "$console";

    private static final String CONNECTION = "$connection.";
    private static final String USER = "$user.";

    public ChannelName {
        check(value, false);
    }

    /** The channel to which exactly one connection belongs without asking. */
    public static ChannelName ofConnection(String id) {
        return new ChannelName(CONNECTION + id);
    }

    /**
     * The channel to which all connections of one user belong without asking. A character outside the grammar is
     * written as {@code :} and two hexadecimal digits for each of its UTF-8 bytes ({@code a@b} is {@code a:40b}).
     *
     * @throws InvalidNameException when that is longer than a name may be
     */
    public static ChannelName ofUser(String user) {
        StringBuilder name = new StringBuilder(USER);
        for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c != ':' && isNameCharacter(c)) {
                name.append(c);
            } else {
                name.append(':')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        if (name.length() > MAX_LENGTH) {
            throw new InvalidNameException("user " + Quote.of(user) + " takes "
                    + (name.length() - USER.length()) + " characters in a channel's name; the limit is "
                    + (MAX_LENGTH - USER.length()) + " of " + MAX_LENGTH);
        }
        return new ChannelName(name.toString());
    }

    /** True for the names that start with {@code $}: only the hub makes these, clients cannot subscribe to them, but for {@link #CONSOLE}. */
    public boolean reserved() {
        return value.charAt(0) == '$';
    }

    /** True for the channel of one connection. */
    public boolean ofConnection() {
        return isOfConnection(value);
    }

    /** The same for a text that is known to be a channel's name. */
    public static boolean isOfConnection(String channel) {
        return channel.startsWith(CONNECTION);
    }

    /** The id in a name for which {@link #ofConnection()} holds. */
    String connectionId() {
        return value.substring(CONNECTION.length());
    }

    @Override
    public String toString() {
        return value;
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '-';
    }

    /** The grammar of names and, with {@code wildcards}, of patterns. */
    static void check(String value, boolean wildcards) {
        String what = wildcards ? "channel pattern " : "channel ";
        if (value.isEmpty()) {
            throw new InvalidNameException(what + "is empty; 1 to " + MAX_LENGTH + " characters are allowed");
        }
        if (value.length() > MAX_LENGTH) {
            throw new InvalidNameException(
                    what + Quote.of(value) + " has " + value.length() + " characters; the limit is " + MAX_LENGTH);
        }
        boolean reserved = !wildcards && value.charAt(0) == '$';
        int segment = reserved ? 1 : 0;
        for (int i = segment; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : '.';
            if (c == '.') {
                if (i == segment && !(reserved && i > 1)) {
                    throw new InvalidNameException(what + Quote.of(value) + " has an empty segment at position " + i);
                }
                segment = i + 1;
            } else if (!isNameCharacter(c) && !(wildcards && c == '*')) {
                throw new InvalidNameException(what + Quote.of(value)
                        + " has a character that is not allowed at position " + i
                        + "; allowed are A-Z a-z 0-9 _ . : -" + (wildcards ? " and the wildcards * and **" : ""));
            }
        }
    }
}
