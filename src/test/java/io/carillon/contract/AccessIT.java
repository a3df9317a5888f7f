package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.client.JsonObject;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.SseClient;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.contract.AccessMatrix.Outcome;
import io.carillon.server.HubDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Who may do what, by which way, on which channel; and that a right ends when it is over. */
class AccessIT extends ContractIT implements DescriptionContract {
    /** What a stranger may is left as it is by default. */
    private static final String SECRET = "a secret for tests that has more than 32 bytes";

    private static final String ANN = """
            {"subscribe":["orders.*"],"publish":["orders.*","$user.bob"],"presence":["orders.*"]}""";
    private static final String ROOT = """
            {"subscribe":["**"],"publish":["**","$**"],"presence":["**"],"admin":true}""";

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.access.known=subscribe:members.*
                carillon.access.roles=editor=publish:news.**,subscribe:news.**; clerk=presence:news.*
                carillon.auth.timeout=2s
                """.formatted(SECRET)).addClasses(HeaderUser.class);
    }

    /** Who asks: a name, what he shows, and the channels of each action; everything else is refused. */
    private record Row(String who, Target target, Outcome refusal, Map<String, List<String>> may) {
        Outcome expected(AccessMatrix way, String channel) {
            return may.getOrDefault(way.action, List.of()).contains(channel) ? Outcome.OK : refusal;
        }
    }

    private Target bearer(String token) {
        return target().with("Authorization", "Bearer " + token);
    }

    @Override
    public List<Target> visitors() {
        return List.of(
                target(), bearer(Tokens.signed(SECRET, "ann", ANN)), bearer(Tokens.signed(SECRET, "root", ROOT)));
    }

    private Target login(String user, String roles) {
        // A browser says so; without it a login is not taken for what changes something, see DefencesIT.
        return target().with(HeaderUser.HEADER, user)
                .with(HeaderUser.ROLES, roles)
                .with("Sec-Fetch-Site", "same-origin");
    }

    private List<Row> rows() {
        List<String> own = List.of("public", "members.x", "orders.1", "orders.*", "user.ann.mail", "user.ann.**");
        List<String> names = List.of("public", "members.x", "user.ann.mail", "user.ann.**");
        return List.of(
                new Row("a stranger", target(), Outcome.UNAUTHORIZED, Map.of("read", List.of("public"))),
                new Row(
                        "ann by token",
                        bearer(Tokens.signed(SECRET, "ann", ANN)),
                        Outcome.FORBIDDEN,
                        Map.of(
                                "read", own,
                                "publish", List.of("orders.1", "$user.bob"),
                                "presence", List.of("orders.1", "user.ann.mail"))),
                new Row(
                        "ann by login",
                        login("ann", "nobody"),
                        Outcome.FORBIDDEN,
                        Map.of("read", names, "presence", List.of("user.ann.mail"))),
                new Row(
                        "eve, editor and clerk, by login",
                        login("eve", "editor,clerk"),
                        Outcome.FORBIDDEN,
                        Map.of(
                                "read", List.of("public", "members.x", "news.a", "news.**"),
                                "publish", List.of("news.a"),
                                "presence", List.of("news.a"))),
                new Row(
                        "an expired token",
                        bearer(Tokens.expiring(SECRET, "ann", ANN, Instant.now().minusSeconds(60))),
                        Outcome.UNAUTHORIZED,
                        Map.of()),
                new Row(
                        "a forged token",
                        bearer(Tokens.signed(SECRET + "!", "ann", ROOT)),
                        Outcome.UNAUTHORIZED,
                        Map.of()));
    }

    @Test
    void eachWayIsOpenExactlyForThoseWhoMay() {
        List<String> channels = List.of(
                "public",
                "members.x",
                "orders.1",
                "orders.1.x",
                "news.a",
                "user.ann.mail",
                "user.bob.mail",
                "$user.bob");
        List<String> patterns = List.of("orders.*", "orders.**", "*.1", "**", "news.**", "user.ann.**", "user.**");
        Publisher root = new Publisher(bearer(Tokens.signed(SECRET, "root", ROOT)));
        channels.forEach(channel -> root.publish(channel, "0")); // so that no poll has to wait
        Map<String, String> wrong = new LinkedHashMap<>();
        int tried = 0;
        for (Row row : rows()) {
            for (AccessMatrix way : AccessMatrix.values()) {
                List<String> all = new ArrayList<>(channels);
                if (way.takesPatterns()) {
                    all.addAll(patterns);
                }
                for (String channel : all) {
                    if (channel.startsWith("$") && !way.action.equals("publish")) {
                        continue; // nobody can, see PublishContract
                    }
                    Outcome outcome = way.attempt(row.target, channel);
                    tried++;
                    if (outcome != row.expected(way, channel)) {
                        wrong.put(row.who + " " + way + " " + channel, outcome + ", not " + row.expected(way, channel));
                    }
                }
            }
        }
        assertThat(wrong).as("of %d tries", tried).isEmpty();
    }

    @Test
    void notifyNeedsLeaveToPublishOnTheDefaultChannel() {
        assertThat(new Publisher(target())
                        .post("v1/notify", "application/json", "")
                        .status())
                .isEqualTo(401);
        assertThat(new Publisher(bearer(Tokens.signed(SECRET, "ann", ANN)))
                        .post("v1/notify", "application/json", "")
                        .status())
                .isEqualTo(403);
        assertThat(new Publisher(bearer(Tokens.signed(SECRET, "root", ROOT)))
                        .post("v1/notify", "application/json", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBatchWithOneChannelThatIsNotAllowedPublishesNothingAndNamesIt() {
        Publisher ann = new Publisher(bearer(Tokens.signed(SECRET, "ann", ANN)));
        Publisher.Answer answer = ann.post(
                "v1/publications", "application/json", "{\"channels\":[\"orders.mix\",\"members.mix\"],\"data\":1}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().number("index")).isEqualTo(1);
        assertThat(ann.get("v1/channels/orders.mix/publications").json().objects("publications"))
                .isEmpty();
    }

    @Test
    void aBrowserSaysWhoItIsOnceItsSocketIsOpen() {
        String token = Tokens.signed(SECRET, "ann", ANN);
        try (WebSocketClient late = new WebSocketClient(target()).open("v1/ws?channel=orders.who", null);
                WebSocketClient early = new WebSocketClient(target()).open("v1/ws?channel=public", null)) {
            late.send("{\"type\":\"auth\",\"token\":\"" + token + "\",\"ref\":1}");
            String lateId = late.answer("welcome").text("connection");
            late.answer("subscribed");
            assertThat(late.answer("authenticated").text("user")).isEqualTo("ann");

            String earlyId = early.answer("welcome").text("connection");
            early.answer("subscribed");
            early.send("{\"type\":\"auth\",\"token\":\"" + token + "\",\"ref\":2}");
            assertThat(early.answer("authenticated").number("ref")).isEqualTo(2);
            early.send("{\"type\":\"subscribe\",\"channel\":\"orders.who\"}");
            early.answer("subscribed");
            assertThat(presence("orders.who")).containsEntry(lateId, "ann").containsEntry(earlyId, "ann");

            early.send("{\"type\":\"auth\",\"token\":\"" + Tokens.signed(SECRET, "bob", ANN) + "\"}");
            assertThat(early.answer("error").text("code")).isEqualTo("forbidden");
            early.send("{\"type\":\"auth\",\"token\":\"" + Tokens.signed(SECRET, "ann", "{}") + "\"}");
            early.answer("authenticated");
            assertThat(early.answer("unsubscribed").text("channel")).isEqualTo("orders.who");
        }
    }

    /** Connections with their users. */
    private Map<String, String> presence(String channel) {
        Map<String, String> users = new LinkedHashMap<>();
        for (JsonObject subscriber : new Publisher(bearer(Tokens.signed(SECRET, "root", ROOT)))
                .get("v1/channels/" + channel + "/presence")
                .json()
                .objects("subscribers")) {
            users.put(subscriber.text("connection"), subscriber.text("user"));
        }
        return users;
    }

    @Test
    void aSocketThatNeverSaysWhoItIsIsClosed() {
        try (WebSocketClient silent = new WebSocketClient(target()).open("v1/ws?channel=orders.1", null)) {
            assertThat(silent.answer("error").text("code")).isEqualTo("unauthorized");
            assertThat(silent.answer("bye").number("code")).isEqualTo(4501);
            assertThat(silent.awaitClose(Duration.ofSeconds(5)).code()).isEqualTo(4501);
        }
    }

    @Test
    void aTicketIsGoodOnceAndForItsSubjectOnly() {
        Target ann = bearer(Tokens.signed(SECRET, "ann", ANN));
        assertThat(new Publisher(target())
                        .post("v1/tickets", "application/json", "")
                        .status())
                .isEqualTo(401);

        String ticket = ticket(ann);
        try (WebSocketClient socket = new WebSocketClient(target()).open(with(ticket, "ws"), null)) {
            socket.answer("welcome");
        }
        try (WebSocketClient again = new WebSocketClient(target()).open(with(ticket, "ws"), null)) {
            assertThat(again.answer("error").text("code")).isEqualTo("unauthorized");
            assertThat(again.awaitClose(Duration.ofSeconds(5)).code()).isEqualTo(4501);
        }
        try (SseClient stream = new SseClient(target()).open(with(ticket(ann), "events"), List.of("orders.1"))) {
            assertThat(stream.status()).isEqualTo(200);
        }
        String stolen = ticket(ann);
        assertThat(new Publisher(login("bob", "")).get(with(stolen, "events")).status())
                .isEqualTo(401);
        assertThat(new Publisher(target()).get(with(stolen, "events")).status())
                .as("what somebody else has tried is worth nothing")
                .isEqualTo(401);
        assertThat(new Publisher(target())
                        .get(with(ticket(ann), "poll") + "&timeout=1")
                        .status())
                .as("only where no header can be set")
                .isEqualTo(401);
    }

    private static String ticket(Target who) {
        return new Publisher(who)
                .post("v1/tickets", "application/json", "")
                .json()
                .text("ticket");
    }

    private static String with(String ticket, String transport) {
        return "v1/" + transport + "?channel=orders.1&ticket=" + ticket;
    }

    @Test
    void everyTransportEndsWithItsTokenAndSaysWhy() throws Exception {
        // Tokens are taken for 30 s longer than they say, for the sake of clocks.
        String token = Tokens.expiring(SECRET, "ann", ANN, Instant.now().minusSeconds(26));
        List<String> channel = List.of("orders.end");
        Target ann = bearer(token);
        try (WebSocketClient socket = new WebSocketClient(ann).connect(channel, null);
                WebSocketClient renewed = new WebSocketClient(ann).connect(channel, null);
                SseClient stream = new SseClient(ann).connect(channel, null)) {
            renewed.send("{\"type\":\"auth\",\"token\":\"" + Tokens.signed(SECRET, "ann", ANN) + "\"}");
            renewed.answer("authenticated");
            PollClient.Answer poll = new PollClient(ann).once(channel, null, 20);

            assertThat(poll.outcome()).isEqualTo("bye");
            assertThat(JsonObject.parse(poll.body()).number("code")).isEqualTo(4003);
            assertThat(socket.answer("bye").number("code")).isEqualTo(4003);
            assertThat(socket.awaitClose(Duration.ofSeconds(5)).code()).isEqualTo(4003);
            assertThat(stream.bye().get(10, TimeUnit.SECONDS).number("code")).isEqualTo(4003);
            stream.ended().get(10, TimeUnit.SECONDS);
            renewed.send("{\"type\":\"ping\"}");
            renewed.answer("pong");
        }
        assertThatThrownBy(() -> new SseClient(ann).connect(channel, null)).hasMessageContaining("401");
    }

    @Test
    void nothingOfATokenIsInAnAnswer() {
        String token = Tokens.signed(SECRET + "!", "ann", ANN);
        Publisher.Answer answer = new Publisher(bearer(token)).get("v1/channels/public/publications");

        assertThat(answer.status()).isEqualTo(401);
        for (String part : token.split("\\.", -1)) {
            assertThat(answer.body()).doesNotContain(part);
        }
    }
}
