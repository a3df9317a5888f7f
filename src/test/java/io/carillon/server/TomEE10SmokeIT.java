package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.SseClient;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR deploys on TomEE 10, of which only the embedded server can be had: a class path, started in a JVM of its own. */
class TomEE10SmokeIT {
    private static final Path CLASS_PATH = Path.of(System.getProperty("servers"), "tomee10");
    private static final Path TUNED = Path.of(System.getProperty("server-config"), "tomee/conf/server.xml");

    @Test
    void pageAndResourceAnswer(@TempDir Path folder) throws IOException {
        assertThat(CLASS_PATH)
                .as("filled by: mvn -f src/test/tomee10/pom.xml prepare-package")
                .isNotEmptyDirectory();
        var port = Ports.free();
        var hub = URI.create("http://127.0.0.1:" + port + "/");

        try (var server = ChildProcess.start(folder.resolve("log"), Map.of(), command(folder, port))) {
            Http.awaitOk(hub, server);

            assertThat(Http.get(hub).body()).contains("<title>Carillon");
            assertThat(Http.get(hub.resolve("v1/channels/public/presence")).body())
                    .contains("\"count\":0");
            receiveOnEachTransport(new Target("TomEE 10", hub, Map.of()));
            assertThat(threads(server.pid()))
                    .as("of Tomcat 10.1 the hub keeps who polls, too (docs/adr/0031)")
                    .anyMatch(name -> name.startsWith("carillon-polls"));
        }
    }

    private static void receiveOnEachTransport(Target hub) {
        var channel = List.of("smoke");
        var publisher = new Publisher(hub);
        long first = publisher.publish("smoke", "1");
        try (var socket = new WebSocketClient(hub).connect(channel, first);
                var stream = new SseClient(hub).connect(channel, first);
                var poll = new PollClient(hub).connect(channel, first)) {
            List<Long> ids = new ArrayList<>();
            for (int i = 2; i < 8; i++) { // so that some polls are the one before again
                ids.add(publisher.publish("smoke", "" + i));
                for (Subscriber client : List.of(socket, stream, poll)) {
                    await().untilAsserted(() -> assertThat(client.received())
                            .as(client.toString())
                            .extracting(Received::id)
                            .containsExactlyElementsOf(ids));
                }
            }
        }
    }

    /** What Linux knows them by: 15 characters. */
    private static List<String> threads(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            List<String> names = new ArrayList<>();
            for (Path task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
            return names;
        }
    }

    private static List<String> command(Path folder, int port) throws IOException {
        // TomEE unpacks beside the WAR, over whatever is there: the WAR gets a folder of its own.
        var war = Files.createDirectories(folder.resolve("war")).resolve("hub.war");
        Files.copy(Path.of(System.getProperty("carillon.war")), war);
        // Its --host option does not decide where it listens; the connector's address does.
        var stopPort = Ports.free();
        var serverXml = folder.resolve("server.xml");
        Files.writeString(
                serverXml,
                Files.readString(TUNED)
                        .replace("\"8080\"", "\"" + port + "\"")
                        .replace("\"8005\"", "\"" + stopPort + "\""));

        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(System.getProperty("server.jvm").split(" ")));
        command.add("-Dcarillon.journal.dir=" + folder.resolve("journal"));
        command.add("-D" + HubDeployment.OPEN.strip());
        command.addAll(List.of("-cp", CLASS_PATH + "/*", "org.apache.tomee.embedded.Main"));
        command.addAll(List.of("--directory", folder.resolve("tomee").toString(), "--serverxml", serverXml.toString()));
        command.addAll(List.of("--port", "" + port, "--shutdown", "" + stopPort, "--simple-log"));
        command.addAll(List.of("--path", war.toString(), "--context", "/"));
        return command;
    }
}
