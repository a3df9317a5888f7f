package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Publisher;
import io.carillon.client.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in an odd way gets nobody in, and nothing into an answer. For a hub where a stranger reads {@code public} only. */
interface SpellingContract {
    Target target();

    /** Somebody who may publish, subscribe and administer everything. */
    Target root();

    @Test
    default void lineBreaksDoNotGetIntoAHeaderOrAnEvent() {
        Publisher root = new Publisher(root());
        for (String path : new String[] {
            "v1/channels/a%0D%0Ab/publications",
            "v1/channels/a/publications?event=x%0D%0Aid:%201",
            "v1/channels/a%00/publications",
        }) {
            assertThat(root.post(path, "application/json", "1").status())
                    .as(path)
                    .isIn(400, 403, 404);
        }
        assertThat(root.get("v1/events?channel=a%0Aid:1").status()).isEqualTo(400);
        assertThat(root.get("v1/events?channel=a&since=1%0Adata:%20x").status()).isEqualTo(400);
        assertThat(root.get("v1/poll?timeout=1&channel=public&last_id=1%0D%0AX:%20y")
                        .status())
                .isEqualTo(400);
        assertThat(root.get("v1/admin/connections?user=%0D%0AX:%20y").body()).startsWith("{\"count\":0");
        assertThat(new Publisher(target())
                        .get("v1/events?ticket=%0D%0AX-Evil:%201")
                        .status())
                .isEqualTo(401);
        for (String header : new String[] {
            "Origin: http://x\r\n Evil: 1",
            "X-Forwarded-For: 192.0.2.1\r\n\tEvil: 1",
            "Authorization: Bearer a.b.c\r\n Evil: 1",
            "Last-Event-ID: 1\rEvil: 1",
            "If-None-Match: \"1\"\nEvil: 1",
        }) {
            assertThat(answer("GET", "v1/poll?timeout=1", header).toLowerCase(java.util.Locale.ROOT))
                    .as(header)
                    .doesNotContain("\nevil:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/channels/secret/..%2Fpublic/publications",
                "v1/channels/secret/..%5cpublic/publications",
                "v1/channels/public/%2e%2e/secret/publications",
                "v1/channels/public/..;/secret/publications",
                "v1//channels/secret/publications",
                "v1/./channels/secret/publications",
                "v1/channels/secret/publications;x=y",
                "v1/channels;x=y/secret/publications",
                "v1;x/channels/secret/publications",
                ";x/v1/channels/secret/publications",
                "V1/channels/secret/publications",
                "%76%31/channels/secret/publications",
                "%2576%2531/channels/secret/publications",
                "v1/admin/connections;a=b",
                "v1/admin;a/connections",
                "v1/%61dmin/connections",
                "v1/public/..;/admin/connections",
                "demo/../v1/channels/secret/publications",
                "demo/..;/v1/admin/connections",
                "v1/%77s/../admin/connections",
                "WEB-INF/web.xml",
                "WEB-INF;x/web.xml",
                "%57EB-INF/web.xml",
                "demo/../WEB-INF/web.xml",
                "META-INF/context.xml",
            })
    default void noSpellingOfAPathGetsAround(String path) {
        for (String prefix : new String[] {"", "/", "./"}) {
            isNothingOrThePage(prefix + path, answer("GET", prefix + path, "X: y"));
        }
        isNothingOrThePage(path, answer("POST", path, "Content-Type: application/json\r\nContent-Length: 0"));
    }

    /** Payara takes all behind a semicolon for a parameter of the root, and everybody may see the page. */
    private static void isNothingOrThePage(String path, String answer) {
        String status = answer.lines().findFirst().orElse("no answer");
        assertThat(status).as(path).doesNotContain(" 500");
        if (status.contains(" 20")) {
            assertThat(answer).as(path).contains("<title>Carillon");
        }
    }

    /** The whole answer to a request that no library would send. */
    private String answer(String method, String path, String header) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target().port())) {
            socket.setSoTimeout(20_000);
            String request = method + " " + target().root().getPath() + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + target().port() + "\r\nConnection: close\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "closed: " + e.getMessage();
        }
    }
}
