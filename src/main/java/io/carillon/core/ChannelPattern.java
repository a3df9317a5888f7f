package io.carillon.core;

/**
 * What one subscribes to: a channel's name, or a pattern in which {@code *} stands for exactly one segment and a last
 * {@code **} for one or more ({@code orders.*}, {@code orders.**}). A pattern never covers the hub's own names;
 * of these only {@link ChannelName#CONSOLE} can be named.
 */
public final class ChannelPattern {
    private final String value;
    private final String[] segments;
    private final boolean wildcard;

    /** @throws InvalidNameException with what and where, also when {@code $} names are asked for */
    public ChannelPattern(String value) {
        if (!value.equals(ChannelName.CONSOLE)) {
            ChannelName.check(value, true);
        }
        this.value = value;
        this.wildcard = value.indexOf('*') >= 0;
        this.segments = wildcard ? value.split("\\.", -1) : new String[0];
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            boolean allowed = segment.indexOf('*') < 0
                    || segment.equals("*")
                    || (segment.equals("**") && i == segments.length - 1);
            if (!allowed) {
                throw new InvalidNameException("channel pattern " + Quote.of(value) + ": in segment " + (i + 1)
                        + " a wildcard must be the whole segment, and ** the last one");
            }
        }
    }

    public String value() {
        return value;
    }

    /** False when this is simply the name of one channel. */
    public boolean wildcard() {
        return wildcard;
    }

    /** True if a channel of that name is covered. */
    public boolean matches(String channel) {
        if (!wildcard) {
            return value.equals(channel);
        }
        if (channel.charAt(0) == '$') {
            return false;
        }
        int at = 0;
        for (int i = 0; i < segments.length; i++) {
            if (at > channel.length()) {
                return false;
            }
            String segment = segments[i];
            if (segment.equals("**")) {
                return true;
            }
            int end = channel.indexOf('.', at);
            if (end < 0) {
                end = channel.length();
            }
            if (!segment.equals("*") && !(segment.length() == end - at && channel.startsWith(segment, at))) {
                return false;
            }
            at = end + 1;
        }
        return at == channel.length() + 1;
    }

    /** True if this matches every name that the other matches. */
    public boolean covers(ChannelPattern other) {
        if (!wildcard || !other.wildcard) {
            return !other.wildcard && matches(other.value);
        }
        for (int i = 0; i < segments.length; i++) {
            if (i == other.segments.length) {
                return false;
            }
            String mine = segments[i];
            if (mine.equals("**")) {
                return true; // the other has at least one more segment there
            }
            String its = other.segments[i];
            if (its.equals("**") || !(mine.equals("*") || mine.equals(its))) {
                return false;
            }
        }
        return segments.length == other.segments.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPattern that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
