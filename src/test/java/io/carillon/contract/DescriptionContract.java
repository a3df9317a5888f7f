package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Target;
import io.carillon.support.Description;
import io.carillon.support.Description.Answer;
import io.carillon.support.Description.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The hub serves a description of its HTTP side, and keeps to it. */
interface DescriptionContract {
    /** What a request needs besides its path so that an administrator's can succeed. */
    Map<String, String> QUERIES = Map.of(
            "get /events", "?channel=orders.1",
            "get /poll", "?channel=orders.1&timeout=1",
            "delete /admin/connections", "?user=nobody",
            "post /admin/revocations", "?user=nobody&seconds=60",
            "delete /admin/revocations", "?user=nobody");

    Map<String, String> BODIES = Map.of(
            "post /channels/{channel}/publications", "{\"n\":1}",
            "post /publications", "{\"publications\":[{\"channel\":\"orders.1\",\"data\":1}]}",
            "post /notify", "{}");

    /** Nobody has a connection of that id, so nothing else than its absence can be answered. */
    Set<String> NEVER = Set.of("delete /admin/connections/{connection}");

    /** The hub that is tried. */
    Target target();

    /** A stranger, somebody who may little, and an administrator who may all, in this order. */
    List<Target> visitors();

    @Test
    default void everyOperationAnswersAsItIsDescribed() throws Exception {
        Description description = Description.of(text(send(target(), "get", "openapi.yaml", "")));
        List<String> wrong = new ArrayList<>();
        Set<String> succeeded = new TreeSet<>();
        for (Operation operation : description.operations()) {
            Map<Integer, Answer> described = description.answers(operation);
            for (Target visitor : visitors()) {
                HttpResponse<InputStream> answer =
                        send(visitor, operation.verb(), address(operation), BODIES.getOrDefault(operation.name(), ""));
                String seen = operation.name() + ": " + answer.statusCode() + " " + media(answer);
                Answer meant = described.get(answer.statusCode());
                if (meant == null || !(meant.media().isEmpty() || meant.media().contains(media(answer)))) {
                    wrong.add(seen + ", described are " + described);
                } else if (answer.statusCode() < 300) {
                    succeeded.add(operation.name());
                    lacks(answer, meant).forEach(member -> wrong.add(seen + " has no " + member));
                }
                answer.body().close();
            }
            if (!succeeded.contains(operation.name()) && !NEVER.contains(operation.name())) {
                wrong.add(operation.name() + " was answered well to nobody");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(description.operations()).hasSizeGreaterThan(20);
    }

    private static List<String> lacks(HttpResponse<InputStream> answer, Answer meant) throws IOException {
        if (meant.required().isEmpty()) {
            return List.of(); // an event stream does not end, so it is not read
        }
        JsonObject object = JsonObject.parse(text(answer));
        return meant.required().stream().filter(member -> !object.has(member)).toList();
    }

    private static String address(Operation operation) {
        boolean versioned =
                !operation.path().startsWith("/metrics") && !operation.path().startsWith("/health");
        String path = operation.path().replace("{channel}", "orders.1").replace("{connection}", "nobody");
        return (versioned ? "v1" : ".") + path + QUERIES.getOrDefault(operation.name(), "");
    }

    private static HttpResponse<InputStream> send(Target target, String verb, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.http(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        verb.toUpperCase(Locale.ROOT),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        target.headers().forEach(request::header);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String media(HttpResponse<?> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        return type.replaceFirst(";.*", "").trim();
    }
}
