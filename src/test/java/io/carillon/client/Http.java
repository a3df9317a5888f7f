package io.carillon.client;

import java.net.http.HttpClient;
import java.time.Duration;

/** The JDK's client, once for all: each has a thread and a pool of kept connections. */
final class Http {
    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.CONTEXT)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}
}
