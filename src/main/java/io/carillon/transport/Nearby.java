package io.carillon.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a request comes from this machine. */
public final class Nearby {
    /** Whoever sends one of these speaks for somebody else. */
    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

    /** All of it: {@code 127.evil.example} is a name. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Nearby() {}

    /**
     * True if its sender sits at this machine: the peer is a loopback address, speaks for nobody else as far as it says, and
     * calls us by a loopback name, so no page can have its own name point here.
     */
    public static boolean sentFromHere(HttpServletRequest request) {
        return loopback(request.getRemoteAddr())
                && FORWARDED.stream().allMatch(header -> request.getHeader(header) == null)
                && calledByLoopbackName(request);
    }

    /** True if it came in on a loopback address, by a loopback name. */
    public static boolean cameInHere(HttpServletRequest request) {
        return loopback(request.getLocalAddr()) && calledByLoopbackName(request);
    }

    /** A name of the outside that leads here is a trick: some page's own name, which was made to point to this machine. */
    private static boolean calledByLoopbackName(HttpServletRequest request) {
        String host = request.getServerName();
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.equals("::1")
                || LOOPBACK.matcher(host).matches();
    }

    private static boolean loopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
