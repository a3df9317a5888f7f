package io.carillon.admin;

import static io.carillon.admin.ConsoleFixture.ANN;
import static io.carillon.admin.ConsoleFixture.ROOT;
import static io.carillon.admin.ConsoleFixture.SECRET;
import static io.carillon.admin.ConsoleFixture.STRANGER;
import static io.carillon.admin.ConsoleFixture.json;
import static io.carillon.admin.ConsoleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Refusals;
import io.carillon.client.JsonObject;
import io.carillon.core.ChannelName;
import io.carillon.core.Connection;
import io.carillon.core.Transport;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleResourcesTest {
    private final ConsoleFixture console = new ConsoleFixture();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void allOfItIsForAdministratorsOnly() {
        List<Question> all = List.of(
                who -> console.connections.list(null, null, null, null, null, null, null, who),
                who -> console.channels.list(null, null, null, null, null, who),
                who -> console.channels.forget("a", who),
                who -> console.figures.figures(null, who),
                who -> console.refused.refusals(who),
                who -> console.configuration.configuration(who));
        console.publish("a", 1);
        for (Question one : all) {
            assertThat(refusal(() -> one.by(STRANGER))).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(refusal(() -> one.by(ANN))).isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(console.hub.hub().channels("a"::equals).get(0).retained()).isEqualTo(1);
        for (Question one : all) {
            assertThat(one.by(ROOT).getStatus()).isEqualTo(200);
        }
    }

    @Test
    void whoAsksIsToldWhoHeIs() {
        VisitorResource visitor = new VisitorResource();
        assertThat(text(visitor.visitor(ROOT))).isEqualTo("{\"admin\":true,\"user\":\"root\"}");
        assertThat(text(visitor.visitor(ANN))).isEqualTo("{\"admin\":false,\"user\":\"ann\"}");
        assertThat(text(visitor.visitor(STRANGER))).isEqualTo("{\"admin\":false,\"user\":null}");
    }

    // ---- channels ----

    @Test
    void channelsAreSearchedSortedAndPaged() {
        console.publish("orders.eu", 2);
        console.publish("orders.us", 3);
        console.publish("news", 1);

        assertThat(channels(null, null, null, null)).containsExactly("news", "orders.eu", "orders.us");
        assertThat(channels("orders", "retained", null, null)).containsExactly("orders.us", "orders.eu");
        assertThat(channels(null, "newest", "1", "1")).containsExactly("orders.us");
        assertThat(channels(null, null, "3", "10")).isEmpty();
        assertThat(json(console.channels.list("news", null, null, null, null, ROOT))
                        .objects("channels"))
                .hasSize(1);
        assertThat(json(console.channels.list(null, "orders", null, null, "1", ROOT))
                        .number("count"))
                .isEqualTo(2);
    }

    private List<String> channels(String q, String sort, String offset, String limit) {
        return json(console.channels.list(null, q, sort, offset, limit, ROOT)).objects("channels").stream()
                .map(one -> one.text("channel"))
                .toList();
    }

    @Test
    void aChannelHasItsFigures() {
        console.hub.connect(Transport.SSE, "ann", "a");
        console.hub.connect(Transport.SSE, "bob", "*");
        console.publish("a", 12);

        JsonObject a = json(console.channels.list(null, "a", null, null, null, ROOT))
                .objects("channels")
                .get(0);

        assertThat(a.number("subscribers")).isEqualTo(2);
        assertThat(a.number("retained")).isEqualTo(10);
        assertThat(a.number("newest") - a.number("floor")).isEqualTo(10);
        assertThat(a.number("last")).isPositive();
    }

    @Test
    void whatIsNoNumberAndNoOrderIsRefusedInWords() {
        assertThat(refusal(() -> console.channels.list(null, null, "colour", null, null, ROOT)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> console.channels.list(null, null, null, "-1", null, ROOT)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> console.channels.list(null, null, null, null, "1001", ROOT)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> console.figures.figures("none", ROOT))).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void anAdministratorDeletesWhatAChannelRetains() {
        console.publish("a", 3);
        JsonObject answer = json(console.channels.forget("a", ROOT));
        assertThat(answer.number("forgotten")).isEqualTo(3);
        assertThat(console.hub.hub().history(new ChannelName("a"), 0, 10).publications())
                .isEmpty();
        assertThat(refusal(() -> console.channels.forget("$console", ROOT))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(() -> console.channels.forget("a b", ROOT))).isEqualTo(ErrorCode.INVALID_CHANNEL);
    }

    // ---- connections ----

    @Test
    void connectionsAreSearchedAndPaged() {
        Connection ann = console.hub.connect(Transport.SSE, "ann", "a");
        Connection bob = console.hub.connect(Transport.WEBSOCKET, "bob", "b");
        Connection eve = console.hub.connect(Transport.SSE, null, "a");

        assertThat(connections(null, null, null, null)).containsExactlyInAnyOrder(ann.id(), bob.id(), eve.id());
        assertThat(connections("sse", null, null, null)).containsExactlyInAnyOrder(ann.id(), eve.id());
        assertThat(connections(null, "bob", null, null)).containsExactly(bob.id());
        assertThat(connections(null, bob.id(), null, null)).containsExactly(bob.id());
        assertThat(connections(null, "127.0", "0", "2")).hasSize(2);
        assertThat(connections(null, "127.0", "2", "2")).hasSize(1);
    }

    @Test
    void whoWasSentMostIsFirstWhenThatIsAsked() {
        console.hub.connect(Transport.SSE, "ann", "a");
        Connection bob = console.hub.connect(Transport.SSE, "bob", "b");
        console.publish("b", 2);
        JsonObject first = json(console.connections.list(null, null, null, null, "delivered", null, null, ROOT))
                .objects("connections")
                .get(0);
        assertThat(first.text("connection")).isEqualTo(bob.id());
        assertThat(first.number("delivered")).isEqualTo(2);
        assertThat(first.number("lag")).isZero();
    }

    private List<String> connections(String transport, String q, String offset, String limit) {
        Response answer = console.connections.list(null, null, transport, q, null, offset, limit, ROOT);
        return json(answer).objects("connections").stream()
                .map(one -> one.text("connection"))
                .toList();
    }

    // ---- what else there is ----

    @Test
    void onlyWhatWasRefusedIsListed() {
        console.refusals.count(Refusals.What.PUBLISH, ErrorCode.LIMIT);
        console.refusals.count(Refusals.What.PUBLISH, ErrorCode.LIMIT);
        assertThat(text(console.refused.refusals(ROOT)))
                .isEqualTo("{\"refusals\":[{\"what\":\"publish\",\"reason\":\"limit\",\"status\":429,"
                        + "\"title\":\"Limit reached\",\"count\":2}]}");
    }

    @Test
    void theConfigurationIsShownWithoutItsSecrets() {
        String shown = text(console.configuration.configuration(ROOT));
        assertThat(shown).doesNotContain(SECRET);
        assertThat(value(shown, "carillon.token.secret")).isEqualTo("***");
        assertThat(value(shown, "carillon.message")).isEqualTo("32KB");
        assertThat(value(shown, "carillon.batch")).isEqualTo("1MB");
    }

    private static String value(String shown, String key) {
        return JsonObject.parse(shown).objects("keys").stream()
                .filter(one -> one.text("key").equals(key))
                .findFirst()
                .orElseThrow()
                .text("value");
    }

    private interface Question {
        Response by(SecurityContext who);
    }

    private interface Call {
        Response run();
    }

    private static ErrorCode refusal(Call call) {
        try {
            throw new AssertionError("it was answered: " + text(call.run()));
        } catch (ProtocolException e) {
            return e.code();
        }
    }
}
