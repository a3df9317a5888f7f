package io.carillon.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes by HTTP on kept connections. Safe for concurrent use. */
public final class Publisher {

    /** One answer of the hub, whatever its status. */
    public record Answer(int status, String contentType, String body) {
        public JsonObject json() {
            return JsonObject.parse(body);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Target target;

    public Publisher(Target target) {
        this.target = target;
    }

    /** One publication; returns its id. */
    public long publish(String channel, String data) {
        return accepted(post("v1/channels/" + channel + "/publications", "application/json", data))
                .number("id");
    }

    /** One publication; returns its id. */
    public long publish(String channel, String event, String data) {
        return accepted(post("v1/channels/" + channel + "/publications?event=" + event, "application/json", data))
                .number("id");
    }

    /** One request for all, all or none; returns their ids. */
    public List<Long> publishAll(String channel, List<String> data) {
        StringBuilder body = new StringBuilder("{\"publications\":[");
        for (int i = 0; i < data.size(); i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"channel\":\"")
                    .append(channel)
                    .append("\",\"data\":")
                    .append(data.get(i))
                    .append('}');
        }
        return ids(body.append("]}").toString());
    }

    /** The same data to several channels; returns one id each. */
    public List<Long> broadcast(List<String> channels, String data) {
        StringBuilder body = new StringBuilder("{\"channels\":[");
        for (int i = 0; i < channels.size(); i++) {
            body.append(i == 0 ? "\"" : ",\"").append(channels.get(i)).append('"');
        }
        return ids(body.append("],\"data\":").append(data).append('}').toString());
    }

    private List<Long> ids(String body) {
        List<Long> ids = new ArrayList<>();
        for (JsonObject publication :
                accepted(post("v1/publications", "application/json", body)).objects("publications")) {
            ids.add(publication.number("id"));
        }
        return ids;
    }

    /** {@code count} small publications, numbered in {@code {"n":0}}, in requests of at most 250; returns their ids. */
    public List<Long> burst(String channel, int count) {
        List<Long> ids = new ArrayList<>(count);
        List<String> batch = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            batch.add("{\"n\":" + n + "}");
            if (batch.size() == 250 || n == count - 1) {
                ids.addAll(publishAll(channel, batch));
                batch.clear();
            }
        }
        return ids;
    }

    public Answer post(String path, String contentType, String body) {
        return send(request(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return target.request(path).timeout(PATIENCE);
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = Http.CLIENT
                    .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(request.method() + " " + request.uri() + " failed: " + e, e);
        }
    }

    private JsonObject accepted(Answer answer) {
        if (answer.status() != 201) {
            throw new IllegalStateException(
                    target.server() + " does not publish: " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }
}
