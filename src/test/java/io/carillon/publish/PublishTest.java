package io.carillon.publish;

import static io.carillon.publish.Fixture.JSON;
import static io.carillon.publish.Fixture.answer;
import static io.carillon.publish.Fixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Connection;
import io.carillon.core.Transport;
import io.carillon.publish.Fixture.Answer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is taken, and how it is answered. */
class PublishTest {
    private final Fixture http = new Fixture();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void onePublicationIsAnsweredWithItsId() {
        Answer answer = http.publish("orders", "{ \"total\": 12.50 }");

        assertThat(answer).hasToString("201 {\"id\":" + http.head() + ",\"channel\":\"orders\",\"duplicate\":false}");
        assertThat(answer.type()).isEqualTo(JSON);
        assertThat(http.history("orders", null, null).body())
                .contains("\"event\":\"message\",\"data\":{ \"total\": 12.50 },\"time\":");
    }

    @Test
    void theSameKeyIsAnsweredWithTheFirstIdAgain() {
        http.publish("orders", null, null, "k", "1");
        long first = http.head();

        Answer again = http.publish("orders", null, null, "k", "2");
        Answer elsewhere = http.publish("invoices", null, null, "k", "3");

        assertThat(again).hasToString("201 {\"id\":" + first + ",\"channel\":\"orders\",\"duplicate\":true}");
        assertThat(elsewhere.body()).contains("\"duplicate\":false");
    }

    @Test
    void eventTtlAndKeyMayStandInHeadersAndTheAddressCountsMore() {
        Answer first = answer(() -> http.channel.publish(
                "c", null, null, null, null, "placed", "60", "k", JSON, null, Fixture.CALLER, body("1")));
        Answer again = answer(() -> http.channel.publish(
                "c", "cancelled", null, "k2", null, "placed", "60", "k", JSON, null, Fixture.CALLER, body("2")));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).contains("\"duplicate\":false");
        assertThat(http.history("c", null, null).body()).contains("\"placed\"", "\"cancelled\"");
    }

    @Test
    void theTypeOfJsonMaySayUtf8() {
        for (String type : new String[] {
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "Application/JSON",
            "application/json;v=1"
        }) {
            Answer answer = answer(() -> http.channel.publish(
                    "c", null, null, null, null, null, null, null, type, null, Fixture.CALLER, body("1")));
            assertThat(answer.status()).as(type).isEqualTo(201);
        }
    }

    @Test
    void aBatchIsStoredInItsOrder() {
        Answer answer = http.publishAll(
                "{\"publications\":[{\"channel\":\"a\",\"data\":1,\"event\":\"x\",\"ttl\":60},"
                        + "{\"data\":{\"n\":2},\"channel\":\"b\",\"key\":\"k\"},{\"channel\":\"b\",\"key\":\"k\",\"data\":3}]}");

        long last = http.head();
        assertThat(answer)
                .hasToString("201 {\"publications\":[{\"id\":" + (last - 1) + ",\"channel\":\"a\",\"duplicate\":false},"
                        + "{\"id\":" + last + ",\"channel\":\"b\",\"duplicate\":false},"
                        + "{\"id\":" + last + ",\"channel\":\"b\",\"duplicate\":true}]}");
    }

    @Test
    void aBroadcastGoesToEachChannel() {
        Answer answer = http.publishAll("{\"data\":[1, 2],\"channels\":[\"a\",\"b\"],\"event\":\"x\"}");

        assertThat(answer.status()).isEqualTo(201);
        for (String channel : new String[] {"a", "b"}) {
            assertThat(http.history(channel, null, null).body()).contains("\"event\":\"x\",\"data\":[1, 2],");
        }
    }

    @Test
    void oneConnectionAndOneUserCanBePublishedTo() {
        Connection connection = http.hub.connect(Transport.SSE, "ann", "public");

        Answer toConnection = http.publish("$connection." + connection.id(), "1");
        Answer toUser = http.publish("$user.ann", "2");

        assertThat(toConnection.status()).isEqualTo(201);
        assertThat(toUser.status()).isEqualTo(201);
        assertThat(connection.delivered()).isEqualTo(2);
    }

    @Test
    void aNotificationIsAnUpdateOfThePublicChannel() {
        Answer empty =
                answer(() -> http.notify.notify("application/x-www-form-urlencoded", "0", Fixture.CALLER, body("")));
        Answer full = answer(() -> http.notify.notify(JSON, null, Fixture.CALLER, body("{\"what\":\"stock\"}")));

        assertThat(empty).hasToString("200 {\"status\":\"notified\"}");
        assertThat(full).hasToString("200 {\"status\":\"notified\"}");
        assertThat(http.history("public", null, null).body())
                .containsPattern("\"event\":\"update\",\"data\":\\{\"timestamp\":\\d{13},\"message\":\"update\"},")
                .contains("\"event\":\"update\",\"data\":{\"what\":\"stock\"},");
    }

    @Test
    void aBodyThatIsTooLargeIsReadToItsEndSoThatItsSenderHearsOfIt() throws Exception {
        for (String announced : new String[] {"10000", null}) {
            InputStream body = body("1".repeat(10_000));

            Answer answer = answer(() -> http.channel.publish(
                    "c", null, null, null, null, null, null, null, JSON, announced, Fixture.CALLER, body));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(body.available()).isZero();
        }
    }

    @Test
    void aBodyWithoutEndIsNotReadToIt() throws Exception {
        InputStream announced = body("1".repeat(10_000));
        String gigabyte = String.valueOf(1 << 30);
        assertThat(answer(() -> http.channel.publish(
                                "c",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                JSON,
                                gigabyte,
                                Fixture.CALLER,
                                announced))
                        .status())
                .isEqualTo(413);
        assertThat(announced.available()).isEqualTo(10_000);

        int size = 20 << 20;
        InputStream silent = new ByteArrayInputStream(new byte[size]);
        assertThat(answer(() -> http.channel.publish(
                                "c", null, null, null, null, null, null, null, JSON, null, Fixture.CALLER, silent))
                        .status())
                .isEqualTo(413);
        assertThat(silent.available()).isEqualTo(size - (16 << 20) - 257);
    }
}
