package io.carillon.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code v1/poll}: by {@link #connect} a loop that always has one poll at the hub, by {@link #once} a single
 * one. Connections are kept and used again.
 */
public final class PollClient implements Subscriber {

    /** One answer; {@code cursor} is what to ask with next. */
    public record Answer(
            int status,
            String etag,
            String body,
            String outcome,
            long cursor,
            List<Received> messages,
            List<GapNotice> gaps) {}

    private static final Duration MOST = Duration.ofSeconds(90);

    private final Target target;
    private final Journal journal = new Journal();
    private List<String> channels = List.of();
    private volatile @Nullable CompletableFuture<HttpResponse<String>> pending;
    private volatile boolean closed;
    private volatile @Nullable Throwable ended;
    private @Nullable Long next;
    private int heldSeconds = 30;

    public PollClient(Target target) {
        this.target = target;
    }

    /** Before it connects: for how long each poll is held at most. */
    public PollClient holding(int seconds) {
        heldSeconds = seconds;
        return this;
    }

    @Override
    public PollClient connect(List<String> channels, @Nullable Long cursor) {
        this.channels = channels;
        this.next = cursor;
        journal.startAt(cursor);
        Thread loop = new Thread(this::loop, "poll client");
        loop.setDaemon(true);
        loop.start();
        return this;
    }

    private void loop() {
        try {
            while (!closed) {
                CompletableFuture<HttpResponse<String>> poll = Http.CLIENT.sendAsync(
                        request(channels, next, heldSeconds), HttpResponse.BodyHandlers.ofString());
                pending = poll;
                if (closed) {
                    poll.cancel(true);
                }
                Answer answer = answer(poll.get());
                answer.gaps().forEach(gap -> journal.add(gap, false));
                answer.messages().forEach(journal::add);
                journal.moveTo(answer.cursor());
                next = answer.cursor();
            }
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            ended = e;
        }
    }

    /**
     * One poll, its answer awaited.
     *
     * @param cursor null is from now
     * @throws IllegalStateException when it is refused, with the answer
     */
    public Answer once(List<String> channels, @Nullable Long cursor, int timeoutSeconds) {
        try {
            return answer(Http.CLIENT
                    .sendAsync(request(channels, cursor, timeoutSeconds), HttpResponse.BodyHandlers.ofString())
                    .get(timeoutSeconds + 15L, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    target.server() + " poll " + channels + " after " + cursor + " has no answer", e);
        } catch (InterruptedException | ExecutionException e) {
            throw new CompletionException(e);
        }
    }

    /** One poll that has its cursor in the header of a conditional request. */
    public Answer after(String etag, String channel) {
        HttpRequest.Builder request = target.request("v1/poll?timeout=1&channel=" + channel)
                .header("If-None-Match", etag)
                .timeout(MOST);
        return answer(Http.CLIENT
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join());
    }

    private HttpRequest request(List<String> channels, @Nullable Long cursor, int timeoutSeconds) {
        String query = Target.query(channels, "last_id", cursor);
        String path = "v1/poll" + query + (query.isEmpty() ? "?" : "&") + "timeout=" + timeoutSeconds;
        return target.request(path).timeout(MOST).build();
    }

    private Answer answer(HttpResponse<String> response) {
        String body = response.body();
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    target.server() + " poll " + channels + " is answered " + response.statusCode() + " " + body);
        }
        JsonObject json = JsonObject.parse(body);
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("ETag").orElse(""),
                body,
                json.text("status"),
                json.number("cursor"),
                json.objects("messages").stream().map(PollClient::message).toList(),
                json.has("gaps")
                        ? json.objects("gaps").stream().map(GapNotice::of).toList()
                        : List.of());
    }

    private static Received message(JsonObject json) {
        return new Received(json.text("channel"), json.number("id"), json.text("event"), json.raw("data"));
    }

    @Override
    public List<Received> received() {
        return journal.received();
    }

    @Override
    public List<Long> times() {
        return journal.times();
    }

    @Override
    public List<GapNotice> gaps() {
        return journal.gaps();
    }

    @Override
    public long cursor() {
        return journal.cursor();
    }

    @Override
    public boolean open() {
        return !closed && ended == null;
    }

    /** Leaves by closing the connection under the held poll. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<HttpResponse<String>> held = pending;
        if (held != null) {
            held.cancel(true);
        }
    }

    @Override
    public String toString() {
        return target.server() + " poll " + channels + (ended == null ? "" : ", ended by " + ended);
    }
}
