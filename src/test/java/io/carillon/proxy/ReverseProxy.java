package io.carillon.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.ChildProcess;
import io.carillon.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real reverse proxy on loopback with the configuration that we ship, but for its ports. */
final class ReverseProxy implements AutoCloseable {
    /** Which one, and how it is started. */
    enum Kind {
        NGINX {
            @Override
            List<String> command(Path home, String site) throws IOException {
                Path binary = SERVERS.resolve("nginx/usr/sbin/nginx");
                assertThat(binary).as("bin/test brings it").isExecutable();
                Files.writeString(home.resolve("carillon.conf"), site);
                Files.writeString(home.resolve("nginx.conf"), """
                        daemon off;
                        pid nginx.pid;
                        error_log stderr;
                        worker_processes 1;
                        events { worker_connections 1024; }
                        http {
                            access_log off;
                            client_body_temp_path body;
                            proxy_temp_path proxy;
                            fastcgi_temp_path fastcgi;
                            uwsgi_temp_path uwsgi;
                            scgi_temp_path scgi;
                            include carillon.conf;
                        }
                        """);
                return List.of(binary.toString(), "-p", home + "/", "-c", "nginx.conf", "-e", "stderr");
            }
        },
        APACHE {
            @Override
            List<String> command(Path home, String site) throws IOException {
                StringBuilder main = new StringBuilder("ServerName 127.0.0.1\nPidFile pid\nErrorLog /dev/stderr\n");
                main.append("Listen ")
                        .append(between(site, "<VirtualHost ", ">"))
                        .append('\n');
                for (String module : List.of(
                        "mpm_event", "authz_core", "setenvif", "headers", "proxy", "proxy_http", "proxy_wstunnel")) {
                    main.append("LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so%n".formatted(module, module));
                }
                Files.writeString(home.resolve("apache.conf"), main + site);
                return List.of(
                        "/usr/sbin/apache2", "-D", "FOREGROUND", "-d", home.toString(), "-f", home + "/apache.conf");
            }
        };

        abstract List<String> command(Path home, String site) throws IOException;
    }

    private static final Path SERVERS =
            Path.of(System.getProperty("servers", "target/servers")).toAbsolutePath();
    private static final Path CONFIG = Path.of(System.getProperty("server-config", "server-config"));

    private final ChildProcess process;
    private final int port;

    private ReverseProxy(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one before a hub and waits until it listens. */
    static ReverseProxy before(Kind kind, URI hub) throws IOException {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        int port = Ports.free();
        Path home = Files.createDirectories(Path.of("target", "proxies", name).toAbsolutePath());
        String shipped = Files.readString(CONFIG.resolve(name + "/carillon.conf"));
        String site = shipped.replace("127.0.0.1:8080", "127.0.0.1:" + hub.getPort())
                .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                .replace("*:80", "127.0.0.1:" + port);
        assertThat(site).as("nothing but ports has been changed").contains(":" + hub.getPort(), ":" + port);
        ChildProcess process = ChildProcess.start(home.resolve("output.txt"), Map.of(), kind.command(home, site));
        ReverseProxy proxy = new ReverseProxy(process, port);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> proxy.listens() || !process.isAlive());
        assertThat(process.isAlive()).as(process.output()).isTrue();
        return proxy;
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    @Override
    public void close() {
        process.close();
    }
}
