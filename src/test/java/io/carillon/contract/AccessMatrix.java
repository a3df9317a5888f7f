package io.carillon.contract;

import io.carillon.client.JsonObject;
import io.carillon.client.Target;
import io.carillon.client.WebSocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/** Every way to do something on a channel, each tried once: what comes of it is a word of {@link Outcome}. */
enum AccessMatrix {
    POST("publish") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, post("v1/channels/" + channel + "/publications", "1"));
        }
    },
    BATCH("publish") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(
                    who, post("v1/publications", "{\"publications\":[{\"channel\":\"" + channel + "\",\"data\":1}]}"));
        }
    },
    BROADCAST("publish") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, post("v1/publications", "{\"channels\":[\"" + channel + "\"],\"data\":1}"));
        }
    },
    SOCKET_PUBLISH("publish") {
        @Override
        Outcome attempt(Target who, String channel) {
            return said(who, "{\"type\":\"publish\",\"channel\":\"" + channel + "\",\"data\":1}", "published");
        }
    },
    SOCKET_CHAT("publish") {
        @Override
        Outcome attempt(Target who, String channel) {
            // Its delivery would be the answer, if one were there; the pong shows that there was no error.
            return said(
                    who,
                    "{\"type\":\"chat\",\"channel\":\"" + channel + "\",\"message\":\"hi\"}",
                    "{\"type\":\"ping\"}",
                    "pong");
        }
    },
    HISTORY("read") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, get("v1/channels/" + channel + "/publications"));
        }
    },
    SOCKET("read") {
        @Override
        Outcome attempt(Target who, String channel) {
            try (WebSocketClient client = open(who, channel)) {
                // A stranger who has to wait for his token is told so at once when he says something else.
                sendUnlessClosed(client, "{\"type\":\"ping\"}");
                return outcome(client, "welcome", 4501, 4502);
            } catch (IllegalStateException e) {
                return refusedHandshake(e);
            }
        }
    },
    SOCKET_SUBSCRIBE("read") {
        @Override
        Outcome attempt(Target who, String channel) {
            return said(who, "{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}", "subscribed");
        }
    },
    EVENTS("read") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, get("v1/events?channel=" + channel));
        }
    },
    POLL("read") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, get("v1/poll?timeout=1&last_id=0&channel=" + channel));
        }
    },
    PRESENCE("presence") {
        @Override
        Outcome attempt(Target who, String channel) {
            return http(who, get("v1/channels/" + channel + "/presence"));
        }
    },
    SOCKET_PRESENCE("presence") {
        @Override
        Outcome attempt(Target who, String channel) {
            return said(who, "{\"type\":\"presence\",\"channel\":\"" + channel + "\"}", "presence");
        }
    };

    private static final class Client {
        static final HttpClient HTTP =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    enum Outcome {
        OK,
        UNAUTHORIZED,
        FORBIDDEN,
        OTHER
    }

    /** What has to be allowed for it: publish, read or presence. */
    final String action;

    AccessMatrix(String action) {
        this.action = action;
    }

    abstract Outcome attempt(Target who, String channel);

    /** False where only names can be given. */
    boolean takesPatterns() {
        return this == SOCKET || this == SOCKET_SUBSCRIBE || this == EVENTS || this == POLL;
    }

    // ---- by HTTP ----

    static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder().uri(URI.create("http://x/" + path)).GET();
    }

    static HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder()
                .uri(URI.create("http://x/" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    static Outcome http(Target who, HttpRequest.Builder request) {
        String path = request.build().uri().toString().substring("http://x/".length());
        request.uri(who.http(path)).timeout(Duration.ofSeconds(20));
        who.headers().forEach(request::header);
        try {
            HttpResponse<InputStream> response = Client.HTTP.send(request.build(), BodyHandlers.ofInputStream());
            response.body().close();
            return ofStatus(response.statusCode());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Outcome ofStatus(int status) {
        return switch (status) {
            case 200, 201 -> Outcome.OK;
            case 401 -> Outcome.UNAUTHORIZED;
            case 403 -> Outcome.FORBIDDEN;
            default -> Outcome.OTHER;
        };
    }

    // ---- by a socket ----

    static void sendUnlessClosed(WebSocketClient client, String text) {
        try {
            client.send(text);
        } catch (WebsocketNotConnectedException e) {
            // It has been refused already; the answer is there.
        }
    }

    static WebSocketClient open(Target who, String channel) {
        return new WebSocketClient(who).open("v1/ws?channel=" + channel, null);
    }

    /** Says something on a socket that everybody may open, and looks at the answer. */
    static Outcome said(Target who, String first, String second, String expected) {
        try (WebSocketClient client = open(who, "public")) {
            client.answer("welcome");
            client.answer("subscribed");
            client.send(first);
            if (second != null) {
                client.send(second);
            }
            return outcome(client, expected, 0, 0);
        } catch (IllegalStateException e) {
            return refusedHandshake(e);
        }
    }

    static Outcome said(Target who, String message, String expected) {
        return said(who, message, null, expected);
    }

    static Outcome outcome(WebSocketClient client, String expected, int unauthorized, int forbidden) {
        JsonObject answer = client.nextAnswer(Duration.ofSeconds(15));
        if (answer.isType(expected)) {
            return Outcome.OK;
        }
        String code = answer.text("code");
        Outcome outcome = code.equals("unauthorized")
                ? Outcome.UNAUTHORIZED
                : code.equals("forbidden") ? Outcome.FORBIDDEN : Outcome.OTHER;
        if (unauthorized != 0) {
            int close = client.awaitClose(Duration.ofSeconds(15)).code();
            boolean fits = close == (outcome == Outcome.UNAUTHORIZED ? unauthorized : forbidden);
            return fits ? outcome : Outcome.OTHER;
        }
        return outcome;
    }

    static Outcome refusedHandshake(IllegalStateException cause) {
        if (cause instanceof WebSocketClient.Refused refused) {
            return ofStatus(refused.status());
        }
        throw cause;
    }
}
