package io.carillon.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests to one hub, each with a fresh credential, and again while the hub cannot be reached or asks for it. */
final class Exchange {
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI root;
    private final Supplier<@Nullable String> token;
    private final Duration patience;

    Exchange(HttpClient http, URI root, Supplier<@Nullable String> token, Duration patience) {
        this.http = http;
        this.root = root;
        this.token = token;
        this.patience = patience;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(ONE_ATTEMPT);
    }

    /** The body of a good answer. */
    byte[] send(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + patience.toNanos();
        BackOff backOff = new BackOff();
        while (true) {
            RemoteHubException failure;
            Duration asked = Duration.ZERO;
            try {
                HttpResponse<byte[]> response = once(request, BodyHandlers.ofByteArray());
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                failure = Wire.problem(response.statusCode(), response.body());
                if (!passing(response.statusCode())) {
                    throw failure;
                }
                asked = retryAfter(response);
            } catch (IOException e) {
                failure = new RemoteHubException(0, "", "no answer from " + root + ": " + e, e);
            }
            Duration pause = backOff.next().plus(asked);
            if (System.nanoTime() + pause.toNanos() - deadline > 0) {
                throw failure;
            }
            sleep(pause);
        }
    }

    /** One attempt. */
    <T> HttpResponse<T> once(HttpRequest.Builder request, BodyHandler<T> handler) throws IOException {
        String credential = token.get();
        if (credential != null) {
            request.setHeader("Authorization", "Bearer " + credential);
        }
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** True if the same request may be taken later. */
    static boolean passing(int status) {
        return status == 429 || status >= 500;
    }

    /** What the hub asks for; nothing when it does not, or in a form other than seconds. */
    static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        return seconds.matches("\\d{1,4}") ? Duration.ofSeconds(Integer.parseInt(seconds)) : Duration.ZERO;
    }

    static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RemoteHubException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RemoteHubException(0, "", "interrupted while the hub had not answered", cause);
    }
}
