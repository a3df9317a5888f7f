package io.carillon.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.DeployedHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the skeleton shows of a server, wherever it puts the hub. */
abstract class HelloContract extends DeployedHub {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void staticPagesAreServed() throws Exception {
        var page = get(hub(""));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Carillon");
    }

    @Test
    void resourceAnswers() throws Exception {
        assertThat(get(hub("v1/channels/public/presence")).body()).contains("\"count\":0");
    }

    @Test
    void asyncServletAnswersBesideTheResources() throws Exception {
        assertThat(get(hub("v1/hello-servlet")).body()).startsWith("hello from servlet");
    }

    @Test
    void socketGreets() throws Exception {
        var greeting = new CompletableFuture<String>();
        var socket = client.newWebSocketBuilder().buildAsync(socket("v1/hello-ws"), new Completing(greeting));

        assertThat(greeting.get(10, TimeUnit.SECONDS)).startsWith("hello from endpoint");
        socket.join().abort();
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private record Completing(CompletableFuture<String> first) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            first.complete(data.toString());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            first.completeExceptionally(error);
        }
    }
}
