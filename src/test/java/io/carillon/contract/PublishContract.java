package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Subscriber;
import io.carillon.client.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The publishing side of HTTP is the same on every server, down to what the server itself refuses. */
interface PublishContract extends Contract {
    String JSON_TYPE = "application/json";
    HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    default void dataIsKeptByteForByteWhateverTheRequestLooksLike() {
        String channel = freshChannel();
        String data = "{ \"é\" : [ 1.50, \"\\u00e9😀\" ]}\r\n";
        BodyPublisher chunked =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)));

        assertThat(post(publications(channel), JSON_TYPE, BodyPublishers.ofString(data))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(publications(channel) + "?event=%C3%A9t%C3%A9", "application/json;charset=UTF-8", chunked)
                        .statusCode())
                .isEqualTo(201);

        String history = get(publications(channel)).body();
        assertThat(history)
                .contains("\"event\":\"message\",\"data\":" + data + ",\"time\":")
                .contains("\"event\":\"été\",\"data\":" + data + ",\"time\":");
    }

    @Test
    default void headersDoWhatTheAddressDoes() {
        String channel = freshChannel();
        HttpRequest.Builder request = request(publications(channel))
                .header("Content-Type", JSON_TYPE)
                .header("Carillon-Event", "paid")
                .header("Carillon-TTL", "60")
                .header("Idempotency-Key", "k");

        JsonObject first = json(send(request.POST(BodyPublishers.ofString("1")).build()));
        JsonObject again = json(send(request.POST(BodyPublishers.ofString("2")).build()));

        assertThat(again.number("id")).isEqualTo(first.number("id"));
        assertThat(again.raw("duplicate")).isEqualTo("true");
        assertThat(json(get(publications(channel))).objects("publications"))
                .singleElement()
                .satisfies(publication -> assertThat(publication.text("event")).isEqualTo("paid"));
    }

    /** A plain request does not come as far as JAX-RS, which nobody may notice. */
    @Test
    default void aPlainAddressAndOneWithAQueryAreAnsweredAlike() {
        String channel = freshChannel();
        List<String> bodies = List.of("1", "", "{", "[1] 2", "\"" + "x".repeat(100_000) + "\"");
        for (String name : List.of(channel, "a..b", "$hub", "$connection.nobody", "x".repeat(256))) {
            for (String body : bodies) {
                answeredAlike(publications(name), "?ttl=", JSON_TYPE, body);
            }
            answeredAlike(publications(name), "?ttl=", "text/plain", "1");
        }
        String one = "{\"channel\":\"" + channel + "\",\"data\":1}";
        for (String list :
                List.of(one, one + "," + one, "", "7", one + ",{\"channel\":\"$connection.nobody\",\"data\":1}")) {
            answeredAlike("v1/publications", "?x=1", JSON_TYPE, "{\"publications\":[" + list + "]}");
        }
        answeredAlike("v1/publications", "?x=1", JSON_TYPE, "{");
        answeredAlike("v1/publications", "?x=1", "text/plain", "{}");
    }

    private void answeredAlike(String path, String query, String type, String body) {
        HttpResponse<String> plain = post(path, type, BodyPublishers.ofString(body));
        HttpResponse<String> other = post(path + query, type, BodyPublishers.ofString(body));
        String what = path + " " + type + " " + body.substring(0, Math.min(60, body.length()));

        assertThat(plain.statusCode()).as(what).isEqualTo(other.statusCode());
        assertThat(plain.body().replaceAll("\\d+", "0"))
                .as(what)
                .isEqualTo(other.body().replaceAll("\\d+", "0"));
        for (String header :
                List.of("Content-Type", "Cache-Control", "Vary", "X-Content-Type-Options", "Content-Length")) {
            assertThat(plain.headers().allValues(header))
                    .as(header + " of " + what)
                    .isEqualTo(other.headers().allValues(header));
        }
    }

    @Test
    default void aBroadcastAndABatchAreAllOrNothingAndInOrder() {
        String a = freshChannel();
        String b = freshChannel();
        List<Long> both = publisher().broadcast(List.of(a, b), "[1]");
        assertThat(both.get(1)).isEqualTo(both.get(0) + 1);

        HttpResponse<String> refused = post(
                "v1/publications",
                JSON_TYPE,
                BodyPublishers.ofString("{\"channels\":[\"" + a + "\",\"$connection.nobody\"],\"data\":2}"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(json(refused).text("type")).isEqualTo("/problems/unknown-connection");
        assertThat(json(refused).number("index")).isEqualTo(1);
        assertThat(json(get(publications(a))).objects("publications")).hasSize(1);
    }

    @Test
    default void historyIsReadPageByPage() {
        String channel = freshChannel();
        List<Long> ids = publisher().burst(channel, 5);

        JsonObject first = json(get(publications(channel) + "?limit=3"));
        JsonObject second = json(get(publications(channel) + "?limit=3&since=" + first.number("cursor")));

        assertThat(first.number("cursor")).isEqualTo(ids.get(2));
        assertThat(first.raw("more")).isEqualTo("true");
        assertThat(second.objects("publications").stream().map(publication -> publication.number("id")))
                .containsExactly(ids.get(3), ids.get(4));
        assertThat(second.raw("more")).isEqualTo("false");
    }

    @Test
    default void aCursorBeyondAllIntegersIsFromTheFuture() {
        String channel = freshChannel();
        long id = publisher().publish(channel, "1");

        JsonObject answer = json(get("v1/poll?timeout=1&last_id=99999999999999999999999&channel=" + channel));

        assertThat(answer.objects("gaps")).hasSize(1);
        assertThat(answer.objects("messages"))
                .singleElement()
                .satisfies(message -> assertThat(message.number("id")).isEqualTo(id));
    }

    @Test
    default void whatTheServerItselfRefusesIsAProblemToo() {
        for (String path : new String[] {"v1", "v1/nothing", "v1/channels/a/nothing"}) {
            problem(get(path), 404, "/problems/not-found");
        }
        HttpResponse<String> method = send(request(publications("a")).DELETE().build());
        problem(method, 405, "/problems/method-not-allowed");
        assertThat(method.headers().firstValue("Allow")).get().asString().contains("GET", "POST");
        problem(get("v1/events?channel=a%20b"), 400, "/problems/invalid-channel");
        problem(
                send(request(publications("a"))
                        .POST(BodyPublishers.ofString("1"))
                        .build()),
                415,
                "/problems/unsupported-media-type");
        problem(post(publications("$hub"), JSON_TYPE, BodyPublishers.ofString("1")), 403, "/problems/forbidden");
    }

    @Test
    default void askingForTheOptionsIsNoError() {
        HttpResponse<String> options = send(request(publications("a"))
                .method("OPTIONS", BodyPublishers.noBody())
                .build());

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow")).get().asString().contains("POST");
    }

    @Test
    default void theDescriptionsAreServed() {
        for (String description : List.of("openapi: 3.1.0", "asyncapi: 3.0.0")) {
            HttpResponse<String> answer = get(description.substring(0, description.indexOf(':')) + ".yaml");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .startsWith("application/yaml");
            assertThat(answer.body()).startsWith(description);
        }
    }

    @Test
    default void theClientIsServedToPagesOfAllOrigins() {
        for (String file : List.of("carillon.js", "carillon-tabs.js")) {
            HttpResponse<String> client = get(file);

            assertThat(client.statusCode()).isEqualTo(200);
            assertThat(client.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .contains("javascript");
            assertThat(client.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(client.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(client.body()).contains("export {");
        }
        assertThat(get("index.html").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    default void theConsoleIsServedWithAPolicyThatLetsNothingElseRun() {
        for (String file : List.of("admin/", "admin/main.js", "admin/vendor/uPlot.esm.js", "admin/style/base.css")) {
            HttpResponse<String> answer = get(file);

            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(file)
                    .get()
                    .asString()
                    .startsWith("default-src 'self';");
        }
        assertThat(get("admin/").body()).contains("Carillon console");
    }

    @Test
    default void aPublicationThatIsTooOldIsNotDelivered() {
        String channel = freshChannel();
        post(publications(channel) + "?ttl=1", JSON_TYPE, BodyPublishers.ofString("1"));
        long second = publisher().publish(channel, "2");
        assertThat(Expect.until(
                        Duration.ofSeconds(10),
                        () -> json(get(publications(channel)))
                                        .objects("publications")
                                        .size()
                                == 1))
                .as(
                        "only the second is retained: %s",
                        get(publications(channel)).body())
                .isTrue();

        try (Subscriber late = connect(Wire.SSE, List.of(channel), 0L)) {
            Expect.exactly(late, List.of(second));
        }
    }

    private static String publications(String channel) {
        return "v1/channels/" + channel + "/publications";
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target().http(path)).timeout(Duration.ofSeconds(30));
        target().headers().forEach(request::header);
        return request;
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    private HttpResponse<String> post(String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request + " failed: " + e, e);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonObject.parse(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("application/problem+json");
        assertThat(json(answer).text("type")).isEqualTo(type);
        assertThat(json(answer).number("status")).isEqualTo(status);
    }
}
