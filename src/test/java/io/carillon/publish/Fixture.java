package io.carillon.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.auth.Access;
import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Identity;
import io.carillon.auth.Limits;
import io.carillon.auth.Permissions;
import io.carillon.auth.Proxies;
import io.carillon.config.Config;
import io.carillon.config.Sources;
import io.carillon.core.HubClock;
import io.carillon.support.Callers;
import io.carillon.support.TestHub;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;

/** The resources over a real hub, called as a server would call them: what is thrown goes through the mapper. */
final class Fixture implements AutoCloseable {
    /** A stranger: the policy of these tests lets everybody do everything. */
    static final SecurityContext CALLER = Callers.of(Identity.STRANGER);

    static final String JSON = "application/json";

    /** An answer, told apart by its status and its body. */
    record Answer(int status, String type, String body, Response response) {
        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    interface Call {
        Response run() throws IOException;
    }

    final TestHub hub = new TestHub("n1");
    final Publisher publisher = new Publisher();
    final ChannelResource channel = new ChannelResource();
    final BatchResource batch = new BatchResource();
    final NotifyResource notify = new NotifyResource();

    @SuppressWarnings("UnnecessaryAssignment") // here, we are the container
    Fixture() {
        Properties properties = new Properties();
        properties.setProperty("carillon.message", "256B");
        properties.setProperty("carillon.batch", "2KB");
        Config config = Config.load(Sources.read(properties, Map.of(), ClassLoader.getPlatformClassLoader()));
        AccessPolicy open = new AccessPolicy(
                Permissions.parse("subscribe:**,publish:**,publish:$**,presence:**"), Permissions.NONE);
        Limits limits = new Limits(
                new Limits.Settings(100, 100, 1_000_000, 1_000_000, 1_000_000),
                new Proxies("loopback"),
                hub.hub().connections(),
                hub.hub()::knows,
                HubClock.SYSTEM);
        Access access = new Access(open, limits);
        publisher.access = access;
        publisher.hub = hub.hub();
        publisher.config = config;
        channel.publisher = publisher;
        channel.access = access;
        channel.hub = hub.hub();
        batch.publisher = publisher;
        notify.access = access;
        notify.hub = hub.hub();
        notify.config = config;
    }

    Answer publish(String channelName, String data) {
        return publish(channelName, null, null, null, data);
    }

    Answer publish(String channelName, String event, String ttl, String key, String data) {
        return answer(() -> channel.publish(
                channelName, event, ttl, key, null, null, null, null, JSON, length(data), CALLER, body(data)));
    }

    Answer publishAll(String body) {
        return answer(() -> batch.publish(JSON, length(body), CALLER, body(body)));
    }

    Answer history(String channelName, String since, String limit) {
        return answer(() -> channel.history(channelName, since, limit, CALLER));
    }

    Answer presence(String channelName) {
        return answer(() -> channel.presence(channelName, CALLER));
    }

    static Answer answer(Call call) {
        Response response;
        try {
            response = call.run();
        } catch (RuntimeException e) {
            response = new ProblemMapper().toResponse(e);
        } catch (IOException e) {
            response = new BrokenBodyMapper().toResponse(e);
        }
        return new Answer(
                response.getStatus(),
                response.getMediaType().toString(),
                new String((byte[]) response.getEntity(), UTF_8),
                response);
    }

    static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    static String length(String text) {
        return String.valueOf(text.getBytes(UTF_8).length);
    }

    /** The id of the newest publication. */
    long head() {
        return hub.hub().head();
    }

    @Override
    public void close() {
        hub.close();
    }
}
