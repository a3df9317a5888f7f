package io.carillon.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.transport.OwnersEar;
import io.carillon.wire.Peer;
import io.carillon.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to the owner when, and that nothing is written before the connection is there. */
class WireOutputTest {
    private final List<String> client = new ArrayList<>();
    private final List<String> owner = new ArrayList<>();
    private final WireOutput output = new WireOutput(new OwnersEar(owner));
    private final Line line = new Line();

    @Test
    void whatComesBeforeTheConnectionWaitsForIt() {
        assertThat(output.write(bytes("first"))).isFalse();
        assertThat(owner).isEmpty();
        Peer peer = output.on(line);
        assertThat(client).isEmpty();
        peer.begin();
        assertThat(client).containsExactly("first");
        assertThat(owner).containsExactly("written");
        assertThat(output.write(bytes("second"))).isTrue();
        assertThat(client).containsExactly("first", "second");
        assertThat(owner).containsExactly("written");
    }

    @Test
    void whatIsNotTakenAtOnceIsWrittenWhenTheServerSaysSo() {
        output.on(line).begin();
        line.takes = false;
        assertThat(output.write(bytes("first"))).isFalse();
        assertThat(owner).isEmpty();
        output.sent();
        assertThat(owner).containsExactly("written");
    }

    @Test
    void theLastWordGoesOutBeforeTheConnectionEnds() {
        Peer peer = output.on(line);
        peer.begin();
        line.takes = false;
        output.finish(bytes("bye"));
        assertThat(client).containsExactly("bye");
        output.sent();
        assertThat(client).containsExactly("bye", "end");
        peer.gone();
        assertThat(owner).containsExactly("ended");
    }

    @Test
    void theLastWordMayBeTheFirst() {
        output.finish(bytes("bye"));
        output.on(line).begin();
        assertThat(client).containsExactly("bye", "end");
    }

    @Test
    void whoIsCutBeforeTheConnectionIsThereGetsNothing() {
        output.write(bytes("first"));
        output.abort();
        output.on(line).begin();
        assertThat(client).containsExactly("end");
    }

    @Test
    void whoLeavesIsLostAndThenTheEndIsToldOnce() {
        Peer peer = output.on(line);
        peer.begin();
        peer.gone();
        peer.gone();
        assertThat(owner).containsExactly("lost", "ended");
    }

    @Test
    void aWriteThatFailsEndsTheConnection() {
        output.on(line).begin();
        line.broken = true;
        assertThat(output.write(bytes("first"))).isFalse();
        assertThat(client).containsExactly("end");
        assertThat(owner).containsExactly("lost");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Line implements Wire {
        private boolean takes = true;
        private boolean broken;

        @Override
        public boolean write(byte[] bytes, Wire.Owner writer) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            client.add(new String(bytes, StandardCharsets.UTF_8));
            return takes;
        }

        @Override
        public void cut() {
            client.add("end");
        }
    }
}
