package io.carillon.auth;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to the hub from a browser: those that come from where the hub itself is, and those of the origins that
 * were configured, letter by letter. There are no wildcards: one forgotten subdomain would be enough.
 */
public final class OriginPolicy {
    private final Set<String> allowed = new TreeSet<>();

    /** @param list origins such as {@code https://shop.example}, separated by commas or white space; they have been checked */
    public OriginPolicy(String list) {
        Words.of(list).forEach(origin -> allowed.add(normal(origin)));
    }

    /** True for one that was configured. {@code null}, which sandboxed pages and files send, is none. */
    public boolean listed(String origin) {
        return allowed.contains(normal(origin));
    }

    /**
     * True if the page comes from the host and port that its browser now asks. The scheme is not compared: behind a proxy
     * that ends TLS we do not see the browser's.
     *
     * @param host the header {@code Host}
     */
    public static boolean same(String origin, @Nullable String host) {
        String page = normal(origin);
        int authority = page.indexOf("://");
        if (host == null || authority < 0) {
            return false;
        }
        String scheme = page.substring(0, authority + 3);
        return page.equals(normal(scheme + host));
    }

    /** In lower case, and without the port that its scheme has anyway. */
    private static String normal(String origin) {
        String text = origin.toLowerCase(Locale.ROOT);
        if (text.startsWith("https:")) {
            return withoutEnd(text, ":443");
        }
        return withoutEnd(text, ":80");
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
