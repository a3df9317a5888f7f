package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.carillon.client.Publisher;
import io.carillon.client.RawClient;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Strangers and users who mean harm, below a context path, while neighbours receive: {@code target/figures/attacks.txt}. */
class AttacksIT extends ContractIT implements SpellingContract {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    private static final String ALL = "{\"subscribe\":[\"**\"],\"publish\":[\"**\"],\"admin\":true}";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** A close that belongs to the deed: too much, a protocol error, or what was under way when the socket ended. */
    private static final Integer[] CLOSED = {4504, 1002, 1006};

    private static RSAKey rsa;

    @Deployment(testable = false)
    static WebArchive hub() throws JOSEException, IOException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        Path keys = Files.createDirectories(Path.of("target", "attacks")).resolve("keys.json");
        Files.writeString(keys, new JWKSet(rsa).toString());
        return HubDeployment.configuredAt("carillon", """
                carillon.token.secret=%s
                carillon.token.jwks=%s
                carillon.inbound.rate=50
                carillon.channels.rate=60
                """.formatted(SECRET, keys.toAbsolutePath()));
    }

    private Target bearer(String user) {
        return target().with("Authorization", "Bearer " + Tokens.signed(SECRET, user, ALL));
    }

    @Override
    public Target root() {
        return bearer("root");
    }

    private void attack(String name, Runnable attack) {
        Neighbours.during(bearer("nel"), "neighbours-" + name.replaceAll("[^a-z0-9]+", "-"), name, attack);
    }

    // ---- at the door ----

    private static String handshake(int number) {
        return "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (number % 2 == 0
                        ? "Authorization: Bearer " + number + ".x.y\r\n"
                        : "Origin: https://evil" + number + ".example\r\n");
    }

    @Test
    void tenThousandBadHandshakesAreRefused() {
        attack("bad handshakes", () -> {
            List<Integer> statuses = new ArrayList<>();
            statuses.addAll(Attackers.requests(target(), 4, 1250, false, AttacksIT::handshake));
            statuses.addAll(Attackers.requests(target(), 4, 1250, true, AttacksIT::handshake));
            assertThat(statuses).hasSize(10_000).containsOnly(401, 403);
        });
    }

    @Test
    void headersThatNeverEndHoldUpNobody() {
        int sockets = 200;
        int[] cut = {0};
        attack(
                "slow headers",
                () -> cut[0] = Attackers.slowHeaders(target(), sockets, Duration.ofSeconds(1), Duration.ofSeconds(30)));
        Figures.record(
                "attacks", "%-8s of %d slow sockets were cut within 30 s: %d", target().server(), sockets, cut[0]);
    }

    // ---- frames ----

    /** The head of a masked frame, whose mask is 0. */
    private static byte[] head(int first, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) first)
                .put((byte) 0xff)
                .putLong(length)
                .putInt(0)
                .array();
    }

    private void sends(String attack, int sockets, byte[] first, byte[] then, int times) {
        List<Integer> codes = new ArrayList<>();
        attack(attack, () -> {
            for (int i = 0; i < sockets; i++) {
                try (RawClient client = RawClient.webSocket(bearer("mal"), List.of("a"))) {
                    Thread sender = new Thread(() -> {
                        boolean taken = client.sendRaw(first);
                        for (int n = 0; n < times && taken; n++) {
                            taken = client.sendRaw(then);
                        }
                    });
                    sender.start();
                    codes.add(client.awaitClose(PATIENCE));
                }
            }
        });
        Figures.record("attacks", "%-8s %s is closed with %s", target().server(), attack, codes);
        assertThat(codes).isSubsetOf(CLOSED);
    }

    @Test
    void aFrameThatAnnouncesAGigabyteIsNotWaitedFor() {
        sends("a frame of 1 GB", 5, head(0x81, 1L << 30), new byte[64 * 1024], 128);
    }

    @Test
    void aLengthThatIsNegativeIsNone() {
        sends("a frame of negative length", 5, head(0x81, -1), new byte[1024], 1);
    }

    @Test
    void aMessageInAHundredThousandFragmentsIsTooLong() {
        byte[] fragment = {0, (byte) 0x81, 0, 0, 0, 0, 'x'};
        byte[] first = {1, (byte) 0x80, 0, 0, 0, 0};
        sends("100,000 tiny fragments", 1, first, repeated(fragment, 100), 1000);
    }

    @Test
    void fragmentsAndPingsWithNothingInThemHarmNobody() {
        byte[] fragment = repeated(new byte[] {0, (byte) 0x80, 0, 0, 0, 0}, 100);
        byte[] ping = repeated(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0}, 100);
        attack("100,000 empty fragments and pings", () -> {
            try (RawClient client = RawClient.webSocket(bearer("mal"), List.of("a"))) {
                client.sendRaw(new byte[] {1, (byte) 0x80, 0, 0, 0, 0});
                Thread sender = new Thread(() -> {
                    for (int n = 0; n < 1000; n++) {
                        if (!client.sendRaw(fragment) || !client.sendRaw(ping)) {
                            return;
                        }
                    }
                });
                sender.start();
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (sender.isAlive() && System.nanoTime() - end < 0) {
                    client.drainToEnd(Duration.ofMillis(50));
                }
                client.drainToEnd(Duration.ofSeconds(5)); // what the system's buffers held is still to be read
            }
        });
    }

    private static byte[] repeated(byte[] frame, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    @Test
    void compressionIsDeclinedSoThereIsNothingToInflate() {
        Target offering = bearer("mal").with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        try (RawClient client = RawClient.webSocket(offering, List.of("a"))) {
            assertThat(client.head()).doesNotContainKey("sec-websocket-extensions");
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[64 << 20]);
        deflater.finish();
        byte[] bomb = new byte[1 << 20];
        byte[] payload = Arrays.copyOf(bomb, deflater.deflate(bomb));
        deflater.end();
        byte[] frame = repeated(head(0xc1, payload.length), 1);
        sends("a bomb of 64 MB", 5, frame, payload, 1);
    }

    // ---- floods ----

    @Test
    void aFloodOfSubscriptionsEndsWithItsSocket() {
        attack("100,000 subscriptions", () -> {
            try (RawClient client = RawClient.webSocket(bearer("sub"), List.of("a"))) {
                Thread sender = new Thread(() -> {
                    for (int n = 0; n < 100_000; n++) {
                        if (!client.sendText("{\"type\":\"subscribe\",\"channel\":\"flood." + n + "\"}")) {
                            return;
                        }
                    }
                });
                sender.start();
                assertThat(client.awaitClose(PATIENCE)).isIn(4504, 1006);
            }
        });
        assertThat(new Publisher(bearer("sub"))
                        .get("v1/poll?timeout=1&channel=a")
                        .status())
                .isEqualTo(200);
        StringBuilder many = new StringBuilder("v1/poll?timeout=1");
        for (int i = 0; i < 200; i++) {
            many.append("&channel=s").append(i);
        }
        assertThat(new Publisher(bearer("sub")).get(many.toString()).status()).isIn(400, 429);
    }

    /** More sockets than a server has workers. */
    @Test
    void whatIsSaidBehindTheRequestsOfStreamsHoldsUpNobody() {
        int streams = 90;
        int[] open = {0};
        attack(
                "a flood behind 90 streams",
                () -> open[0] = Attackers.floodedStreams(bearer("mal"), streams, Duration.ofSeconds(5)));
        if (Server.current() != Server.PAYARA) { // whose Grizzly takes it for a request, and ends who makes no sense
            assertThat(open[0]).as("streams that go on").isEqualTo(streams);
        }
    }

    @Test
    void aFloodOfChannelNamesIsRationed() {
        Target names = bearer("names");
        List<Integer> statuses = new ArrayList<>();
        attack("2,000 channel names", () -> {
            Publisher publisher = new Publisher(names);
            for (int i = 0; i < 2000; i++) {
                statuses.add(publisher
                        .post("v1/channels/n." + i + "/publications", "application/json", "1")
                        .status());
            }
        });
        assertThat(statuses).containsOnly(201, 429);
        assertThat(statuses.stream().filter(status -> status == 201).count())
                .as("120 at once and one a second")
                .isBetween(120L, 300L);
    }

    // ---- tokens ----

    @Test
    void aTokenThatNobodyHasSignedIsNone() throws JOSEException {
        String claims = "{\"sub\":\"root\",\"exp\":4102444800,\"carillon\":" + ALL + "}";
        List<String> forged = new ArrayList<>();
        for (String algorithm : new String[] {"none", "None", "nOnE", ""}) {
            String content = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}") + "." + Base64URL.encode(claims) + ".";
            forged.add(content);
            forged.add(content + "AAAA");
        }
        byte[] der = rsa.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : new byte[][] {
            der,
            pem.getBytes(StandardCharsets.UTF_8),
            rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)
        }) {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), new Payload(claims));
            token.sign(new MACSigner(secret));
            forged.add(token.serialize());
        }
        for (String token : forged) {
            Target who = target().with("Authorization", "Bearer " + token);
            assertThat(new Publisher(who).get("v1/admin/connections").status())
                    .as(token)
                    .isEqualTo(401);
            assertThat(new Publisher(who)
                            .post("v1/tickets", "application/json", "")
                            .status())
                    .isEqualTo(401);
            try (WebSocketClient late = new WebSocketClient(target()).open("v1/ws?channel=secret", null)) {
                late.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
                assertThat(late.awaitClose(PATIENCE).code()).as(token).isEqualTo(4501);
            }
        }
        JWSObject good = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), new Payload(claims));
        good.sign(new RSASSASigner(rsa));
        Target signed = target().with("Authorization", "Bearer " + good.serialize());
        assertThat(new Publisher(signed).get("v1/admin/connections").status())
                .as("with the private key it is one")
                .isEqualTo(200);
    }

    @Test
    void aRefusalInAnyAlphabetEndsTheSocket() {
        for (String letter : new String[] {"x", "%C3%B6", "%E2%82%AC", "%F0%9F%98%80"}) {
            String path = "v1/ws?channel=a%20" + letter.repeat(70);
            try (WebSocketClient client = new WebSocketClient(target()).open(path, null)) {
                assertThat(client.answer("error").text("code")).isEqualTo("invalid-channel");
                assertThat(client.awaitClose(PATIENCE).code()).as(letter).isEqualTo(4500);
            }
        }
    }
}
