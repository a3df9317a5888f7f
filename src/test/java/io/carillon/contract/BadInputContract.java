package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever a request holds, the answer says what is wrong, where and what is allowed; and nobody else notices. */
interface BadInputContract extends Contract {
    String JSON = "application/json";
    int MESSAGE_LIMIT = 64 * 1024;

    @Test
    default void aChannelOfOtherCharactersIsRefusedWithThePlace() {
        try (Bystanders bystanders = bystanders()) {
            for (String name :
                    new String[] {"a b", "a/b", "ä", "a..b", ".a", "<script>", "a".repeat(256), "a*", "**.a"}) {
                String channel = URLEncoder.encode(name, StandardCharsets.UTF_8);
                for (String path : new String[] {"v1/events?channel=", "v1/poll?timeout=1&channel="}) {
                    problem(publisher().get(path + channel), 400, "/problems/invalid-channel");
                }
            }
            bystanders.publish();
            assertThat(detail(publisher().get("v1/poll?timeout=1&channel=ab%20c")))
                    .contains("ab c")
                    .contains("position 2")
                    .contains("A-Z");
            problem(publisher().post("v1/channels/a%20b/publications", JSON, "1"), 400, "/problems/invalid-channel");
        }
    }

    @Test
    default void aCursorThatIsNoIntegerIsRefused() {
        try (Bystanders bystanders = bystanders()) {
            for (String cursor : new String[] {"abc", "-1", "1.5", "0x10", "9".repeat(1000)}) {
                problem(publisher().get("v1/events?since=" + cursor), 400, "/problems/invalid-cursor");
                problem(publisher().get("v1/poll?timeout=1&last_id=" + cursor), 400, "/problems/invalid-cursor");
            }
            bystanders.publish();
            problem(publisher().get("v1/poll?timeout=soon"), 400, "/problems/invalid-request");
        }
    }

    @Test
    default void dataThatIsNoJsonIsRefusedWithThePlace() {
        try (Bystanders bystanders = bystanders()) {
            String path = "v1/channels/" + freshChannel() + "/publications";
            for (String data :
                    new String[] {"", "{", "{\"a\":1", "{'a':1}", "nope", "1 2", "[1,]", "\"\u0001\"", "{\"a\":1}}"}) {
                problem(publisher().post(path, JSON, data), 400, "/problems/invalid-json");
            }
            bystanders.publish();
            problem(publisher().post("v1/publications", JSON, "[]"), 400, null);
            problem(publisher().post("v1/publications", JSON, "{\"publications\":[{\"channel\":\"a\"}]}"), 400, null);
            assertThat(detail(publisher().post(path, JSON, "{\"a\":nope}"))).containsAnyOf("byte 5", "byte 10"); // token
        }
    }

    @Test
    default void oneBadPublicationOfABatchRefusesAllOfThem() {
        String channel = freshChannel();
        String body =
                "{\"publications\":[{\"channel\":\"" + channel + "\",\"data\":1},{\"channel\":\"a b\",\"data\":2}]}";

        problem(publisher().post("v1/publications", JSON, body), 400, "/problems/invalid-channel");

        String history = publisher()
                .get("v1/channels/" + channel + "/publications?since=0")
                .body();
        assertThat(JsonObject.parse(history).objects("publications")).isEmpty();
    }

    @Test
    default void deepNestingIsNeitherFatalNorSilent() {
        try (Bystanders bystanders = bystanders()) {
            String deep = "[".repeat(30_000) + "]".repeat(30_000);
            Publisher.Answer answer = publisher().post("v1/channels/" + freshChannel() + "/publications", JSON, deep);
            problem(answer, 400, null);
            assertThat(detail(answer)).containsAnyOf("deep", "depth", "nest", "level");
            bystanders.publish();
        }
    }

    @Test
    default void aBodyBeyondTheLimitIsRefusedWithTheLimit() {
        try (Bystanders bystanders = bystanders()) {
            String path = "v1/channels/" + freshChannel() + "/publications";
            String large = "\"" + "x".repeat(MESSAGE_LIMIT) + "\"";
            Publisher.Answer answer = publisher().post(path, JSON, large);
            problem(answer, 413, "/problems/payload-too-large");
            assertThat(answer.json().number("limit")).isEqualTo(MESSAGE_LIMIT);
            bystanders.publish();

            problem(
                    publisher().post(path, JSON, "\"" + "x".repeat(10 << 20) + "\""),
                    413,
                    "/problems/payload-too-large");
        }
    }

    @Test
    default void anotherContentTypeIsRefused() {
        try (Bystanders bystanders = bystanders()) {
            String path = "v1/channels/" + freshChannel() + "/publications";
            problem(publisher().post(path, "text/plain", "1"), 415, "/problems/unsupported-media-type");
            problem(
                    publisher().post("v1/publications", "application/xml", "<a/>"),
                    415,
                    "/problems/unsupported-media-type");
            bystanders.publish();
        }
    }

    private Bystanders bystanders() {
        return new Bystanders(target(), freshChannel());
    }

    /** An RFC 9457 answer that names what is wrong. */
    static void problem(Publisher.Answer answer, int status, @org.jspecify.annotations.Nullable String type) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.contentType()).as("%s", answer).startsWith("application/problem+json");
        JsonObject json = answer.json();
        assertThat(json.number("status")).isEqualTo(status);
        assertThat(json.text("title")).isNotBlank();
        assertThat(json.text("detail")).as("%s", answer).hasSizeBetween(10, 500);
        if (type != null) {
            assertThat(json.text("type")).as("%s", answer).isEqualTo(type);
        }
    }

    private static String detail(Publisher.Answer answer) {
        return answer.json().text("detail");
    }
}
