package io.carillon.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.regex.Pattern;

/** Whatever stands in X-Forwarded-For: an address comes of it that is written in digits, so that no name is ever looked up. */
class ProxiesFuzzTest {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}|[0-9A-Fa-f:]*:" + IPV4.pattern());

    private final Proxies proxies = new Proxies("loopback, 10.0.0.0/8, 2001:db8::/32");

    @FuzzTest(maxDuration = "2m")
    void origins(byte[] input) {
        String header = new String(input, UTF_8);
        for (String peer : new String[] {"127.0.0.1", "::1", "10.1.2.3"}) {
            String origin = proxies.origin(peer, header);
            if (!origin.equals(peer)) {
                assertThat(header).contains(origin);
                assertThat(address(origin)).as("%s is an address", origin).isTrue();
            }
        }
        assertThat(proxies.origin("192.0.2.1", header)).isEqualTo("192.0.2.1");
        if (!address(header)) {
            assertThat(proxies.trusted(header)).as("no address: %s", header).isFalse();
        }
    }

    private static boolean address(String text) {
        return IPV4.matcher(text).matches()
                || (text.contains(":") && IPV6.matcher(text).matches());
    }
}
