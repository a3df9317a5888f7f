package io.carillon.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses whose word on where a request comes from is believed. Never asks a name server. Safe for concurrent use; it
 * remembers its last verdict, since it is asked with each publication, and most of a moment's come from one address.
 */
public final class Proxies {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Whatever does not look exactly like one would be taken for a name, and looked up while its sender waits. */
    private static final Pattern ADDRESS =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private static final String LOOPBACK = "loopback";

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Net(byte[] prefix, int bits) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i & 7);
                if (((address[i >> 3] ^ prefix[i >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Verdict(String address, boolean trusted) {}

    private final List<Net> nets = new ArrayList<>();
    private final boolean loopback;
    private volatile Verdict last = new Verdict("", false);

    /**
     * @param list addresses, networks such as {@code 10.0.0.0/8}, and {@code loopback}
     * @throws IllegalArgumentException for what is none of these
     */
    public Proxies(String list) {
        boolean own = false;
        for (String word : Words.of(list)) {
            if (word.equals(LOOPBACK)) {
                own = true;
            } else {
                nets.add(net(word));
            }
        }
        loopback = own;
    }

    private static Net net(String word) {
        int slash = word.indexOf('/');
        InetAddress address = parse(slash < 0 ? word : word.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("no address: " + word);
        }
        byte[] prefix = address.getAddress();
        int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(word.substring(slash + 1));
        if (bits < 0 || bits > prefix.length * 8) {
            throw new IllegalArgumentException("no network: " + word);
        }
        return new Net(prefix, bits);
    }

    public boolean trusted(String address) {
        Verdict known = last;
        if (!known.address.equals(address)) {
            known = new Verdict(address, judge(address));
            last = known;
        }
        return known.trusted;
    }

    private boolean judge(String address) {
        InetAddress parsed = parse(address);
        if (parsed == null) {
            return false;
        }
        if (loopback && parsed.isLoopbackAddress()) {
            return true;
        }
        byte[] bytes = parsed.getAddress();
        return nets.stream().anyMatch(net -> net.holds(bytes));
    }

    /**
     * Where a request comes from: its peer, unless that is trusted; then who is before it by its word, and so on.
     *
     * @param forwarded the header {@code X-Forwarded-For}, nearest last
     */
    public String origin(String peer, @Nullable String forwarded) {
        String origin = peer;
        String[] before = forwarded == null ? new String[0] : forwarded.split(",", -1);
        for (int i = before.length - 1; i >= 0 && trusted(origin); i--) {
            String next = before[i].trim();
            if (parse(next) == null) {
                break;
            }
            origin = next;
        }
        return origin;
    }

    /** Null for what is no address in digits. */
    private static @Nullable InetAddress parse(String address) {
        try {
            return ADDRESS.matcher(address).matches() ? InetAddress.getByName(address) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
