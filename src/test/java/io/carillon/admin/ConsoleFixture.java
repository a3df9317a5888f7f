package io.carillon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Identity;
import io.carillon.auth.Permissions;
import io.carillon.auth.Refusals;
import io.carillon.client.JsonObject;
import io.carillon.config.Config;
import io.carillon.config.Sources;
import io.carillon.core.ChannelName;
import io.carillon.core.Credential;
import io.carillon.core.NewPublication;
import io.carillon.support.Callers;
import io.carillon.support.TestHub;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the console asks, over a real hub. */
final class ConsoleFixture implements AutoCloseable {
    static final String SECRET = "a secret for tests that has more than 32 bytes";
    static final SecurityContext ROOT = Callers.of(new Identity("root", Permissions.parse("admin"), Credential.NONE));
    static final SecurityContext ANN =
            Callers.of(new Identity("ann", Permissions.parse("subscribe:**"), Credential.NONE));
    static final SecurityContext STRANGER = Callers.of(Identity.STRANGER);

    final TestHub hub = new TestHub("n1");
    final Refusals refusals = new Refusals();
    final Recorder recorder = new Recorder();
    final ConnectionsResource connections = new ConnectionsResource();
    final ChannelsResource channels = new ChannelsResource();
    final FiguresResource figures = new FiguresResource();
    final RefusalsResource refused = new RefusalsResource();
    final ConfigurationResource configuration = new ConfigurationResource();

    @SuppressWarnings("UnnecessaryAssignment") // here, we are the container
    ConsoleFixture() {
        Properties properties = new Properties();
        properties.setProperty("carillon.token.secret", SECRET);
        properties.setProperty("carillon.message", "32KB");
        Administrators administrators = new Administrators();
        administrators.policy = new AccessPolicy(Permissions.NONE, Permissions.NONE);
        recorder.hub = hub.hub();
        recorder.refusals = refusals;
        connections.hub = hub.hub();
        connections.administrators = administrators;
        channels.hub = hub.hub();
        channels.administrators = administrators;
        figures.hub = hub.hub();
        figures.recorder = recorder;
        figures.administrators = administrators;
        refused.refusals = refusals;
        refused.administrators = administrators;
        configuration.config = Config.load(Sources.read(properties, Map.of(), ClassLoader.getPlatformClassLoader()));
        configuration.administrators = administrators;
    }

    void publish(String channel, int times) {
        for (int i = 0; i < times; i++) {
            hub.hub().publish(List.of(new NewPublication(new ChannelName(channel), "1".getBytes(UTF_8))));
        }
    }

    static String text(Response response) {
        return new String((byte[]) response.getEntity(), UTF_8);
    }

    static JsonObject json(Response response) {
        return JsonObject.parse(text(response));
    }

    @Override
    public void close() {
        hub.close();
    }
}
