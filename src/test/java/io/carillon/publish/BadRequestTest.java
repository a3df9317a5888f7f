package io.carillon.publish;

import static io.carillon.publish.Fixture.JSON;
import static io.carillon.publish.Fixture.answer;
import static io.carillon.publish.Fixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Transport;
import io.carillon.publish.Fixture.Answer;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and how the answer says so. */
class BadRequestTest {
    private final Fixture http = new Fixture();

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // channel | event | ttl | key | data | status | slug | detail
                "a b   | - | - | - | 1      | 400 | invalid-channel | channel \"a b\" has a character that is not allowed at position 1",
                "a..b  | - | - | - | 1      | 400 | invalid-channel | channel \"a..b\" has an empty segment at position 2",
                "a.*   | - | - | - | 1      | 400 | invalid-channel | position 2",
                "$sys  | - | - | - | 1      | 403 | forbidden       | channel \"$sys\" is the hub's own",
                "$connection.n1-9 | - | - | - | 1 | 404 | unknown-connection | no connection \"n1-9\" is open on this node",
                "c     | - | - | - | ''     | 400 | invalid-json    | there is no JSON",
                "c     | - | - | - | {\"a\":}   | 400 | invalid-json | not valid JSON near byte 5",
                "c     | - | - | - | 1 2    | 400 | invalid-json    | more than one JSON value: the second begins at byte 2",
                "c     | gap | - | - | 1    | 400 | invalid-request | event \"gap\" is the hub's own",
                "c     | ''  | - | - | 1    | 400 | invalid-request | event has 0 characters; 1 to 64 are allowed",
                "c     | - | soon | - | 1   | 400 | invalid-request | ttl is not an integer",
                "c     | - | -1 | - | 1     | 400 | invalid-request | ttl is -1 s; 0 to 3155760000 are allowed",
                "c     | - | - | '' | 1     | 400 | invalid-request | idempotency key has 0 characters; 1 to 255 are allowed",
            })
    void aBadPublicationSaysWhatAndWhere(
            String channel, String event, String ttl, String key, String data, int status, String slug, String detail) {
        long before = http.head();

        Answer answer = http.publish(channel, event, ttl, key, data);

        isProblem(answer, status, slug, detail);
        assertThat(http.head()).isEqualTo(before);
    }

    static Stream<Arguments> batches() {
        String good = "{\"channel\":\"a\",\"data\":1}";
        return Stream.of(
                Arguments.of("[]", "invalid-request", "the body is an array; it must be an object"),
                Arguments.of("{}", "invalid-request", "the body has neither \\\"publications\\\" nor"),
                Arguments.of(
                        "{\"publications\":[" + good + "],\"channels\":[\"a\"]}",
                        "invalid-request",
                        "the body has both \\\"publications\\\" and \\\"channels\\\"; send one of them"),
                Arguments.of("{\"publications\":{}}", "invalid-request", "is an object; it must be an array"),
                Arguments.of("{\"publications\":[]}", "invalid-request", "\\\"publications\\\" is empty; 1 to 1000"),
                Arguments.of(
                        "{\"publications\":[" + good + ",5]}",
                        "invalid-request",
                        "publications[1]: the publication is a number"),
                Arguments.of(
                        "{\"publications\":[" + good + ",{\"data\":1}]}",
                        "invalid-request",
                        "publications[1]: channel is missing"),
                Arguments.of(
                        "{\"publications\":[" + good + ",{\"channel\":\"a\"}]}",
                        "invalid-request",
                        "publications[1]: data is missing"),
                Arguments.of(
                        "{\"publications\":[" + good + ",{\"channel\":\"a b\",\"data\":1}]}",
                        "invalid-channel",
                        "publications[1]: channel \\\"a b\\\" has a character that is not allowed at position 1"),
                Arguments.of(
                        "{\"publications\":[" + good + ",{\"channel\":\"a\",\"data\":1,\"event\":7}]}",
                        "invalid-request",
                        "publications[1]: member \\\"event\\\" is a number"),
                Arguments.of(
                        "{\"publications\":[" + good + ",{\"channel\":\"a\",\"data\":1,\"ttl\":1.5}]}",
                        "invalid-request",
                        "publications[1]: member \\\"ttl\\\" is a number"),
                Arguments.of(
                        "{\"channels\":[\"a\",\"b c\"],\"data\":1}",
                        "invalid-channel",
                        "channels[1]: channel \\\"b c\\\""),
                Arguments.of(
                        "{\"channels\":[\"a\",null],\"data\":1}",
                        "invalid-request",
                        "channels[1]: the channel is null; it must be a string"),
                Arguments.of("{\"channels\":[\"a\"]}", "invalid-request", "data is missing"),
                Arguments.of("{\"publications\":[" + good, "invalid-json", "not valid JSON near byte"),
                Arguments.of("{\"publications\":[" + good + "]}{", "invalid-json", "more than one JSON value"));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aBadBatchSaysWhichEntry(String body, String slug, String detail) {
        long before = http.head();

        isProblem(http.publishAll(body), 400, slug, detail);
        assertThat(http.head()).isEqualTo(before);
    }

    @Test
    void theIndexOfABadEntryIsAFigure() {
        Answer answer = http.publishAll("{\"channels\":[\"a\",\"$connection.gone\"],\"data\":\"x\"}");

        isProblem(answer, 404, "unknown-connection", "channels[1]: no connection \\\"gone\\\" is open on this node");
        assertThat(answer.body()).endsWith(",\"index\":1}");
    }

    @Test
    void dataThatIsTooLargeIsToldTheLimit() {
        String data = "\"" + "x".repeat(255) + "\"";

        Answer alone = http.publish("c", data);
        Answer inBatch = http.publishAll("{\"publications\":[{\"channel\":\"a\",\"data\":" + data + "}]}");
        Answer batch = http.publishAll(" ".repeat(2049));

        isProblem(alone, 413, "payload-too-large", "the body has 257 bytes; the limit is 256\",\"limit\":256}");
        isProblem(
                inBatch,
                413,
                "payload-too-large",
                "publications[0]: data is 257 bytes; the limit is 256\",\"index\":0,\"limit\":256}");
        isProblem(batch, 413, "payload-too-large", "the body has 2049 bytes; the limit is 2048\",\"limit\":2048}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "text/plain", "application/json;charset=iso-8859-1", "application/jsonp", "''"})
    void anotherTypeIsRefused(String type) {
        Answer answer = answer(() -> http.channel.publish(
                "c", null, null, null, null, null, null, null, type, "1", Fixture.CALLER, body("1")));
        Answer notify = answer(() -> http.notify.notify(type, "1", Fixture.CALLER, body("1")));

        isProblem(answer, 415, "unsupported-media-type", "send JSON in UTF-8 as application/json");
        isProblem(notify, 415, "unsupported-media-type", "send JSON in UTF-8 as application/json");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a b, -, -, 400, invalid-channel",
                "$user.ann, -, -, 403, forbidden",
                "c, yesterday, -, 400, invalid-cursor",
                "c, -1, -, 400, invalid-cursor",
                "c, -, 0, 400, invalid-request",
                "c, -, 1001, 400, invalid-request",
                "c, -, many, 400, invalid-request",
            })
    void aBadPageIsRefused(String channel, String since, String limit, int status, String slug) {
        isProblem(http.history(channel, since, limit), status, slug, "");
    }

    @Test
    void somebodysOwnChannelHasNoPresenceForOthers() {
        isProblem(http.presence("$user.ann"), 403, "forbidden", "is the hub's own and cannot be read");
    }

    @Test
    void aBodyThatEndsEarlyIsNoServerError() {
        Answer answer = answer(() -> http.channel.publish(
                "c", null, null, null, null, null, null, null, JSON, "9", Fixture.CALLER, body("1")));

        isProblem(answer, 400, "invalid-request", "the body did not come to its end");
    }

    @Test
    void aHubThatIsFullOrGoesDownAsksToComeBack() {
        for (String channel : new String[] {"a", "b", "c", "d", "e"}) {
            http.hub.connect(Transport.SSE, null, channel); // somebody is there: none can be forgotten
        }
        Answer full = http.publish("f", "1");
        isProblem(full, 503, "unavailable", "all 5 channels of this node are in use");
        assertThat(full.response().getHeaderString("Retry-After")).isEqualTo("2");

        http.close();
        Answer draining = http.publish("a", "1");
        isProblem(draining, 503, "unavailable", "the hub is going down");
        assertThat(draining.response().getHeaderString("Retry-After")).isEqualTo("2");
    }

    @Test
    void anUnexpectedErrorKeepsItsInternalsToItself() {
        Answer answer = answer(() -> {
            throw new IllegalStateException("secret");
        });

        isProblem(answer, 500, "internal", "unexpected error; the server's log has the cause");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void whatTheServerRefusesIsAProblemTooAndKeepsItsHeaders() {
        Response missing = new RefusalMapper().toResponse(new NotFoundException(new IOException("secret")));
        Response method = new RefusalMapper().toResponse(new NotAllowedException("GET", new String[] {"HEAD"}));
        Response odd = new RefusalMapper().toResponse(new WebApplicationException(409));
        Response fine = Response.ok("yes").build();

        isProblem(answer(() -> missing), 404, "not-found", "there is nothing at this address");
        isProblem(answer(() -> method), 405, "method-not-allowed", "this method is not allowed here; allowed is ");
        assertThat(method.getHeaderString("Allow")).contains("GET", "HEAD");
        isProblem(answer(() -> odd), 400, "invalid-request", "the server cannot read this request");
        assertThat(new RefusalMapper().toResponse(new WebApplicationException(fine)))
                .isSameAs(fine);
    }

    private static void isProblem(Answer answer, int status, String slug, String detail) {
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"type\":\"/problems/" + slug + "\",\"title\":\"")
                .contains("\",\"status\":" + status + ",\"detail\":\"");
        assertThat(answer.body().replace("\\\"", "\"")).contains(detail.replace("\\\"", "\""));
    }
}
