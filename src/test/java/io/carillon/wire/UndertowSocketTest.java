package io.carillon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.conduits.BytesSentStreamSinkConduit;
import io.undertow.conduits.WriteTimeoutStreamSinkConduit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** Of a real connection of XNIO's, in the version that WildFly has. */
class UndertowSocketTest {
    private XnioWorker worker;
    private AcceptingChannel<StreamConnection> door;
    private Socket client;
    private StreamConnection connection;

    @BeforeEach
    void connect() throws Exception {
        CompletableFuture<StreamConnection> accepted = new CompletableFuture<>();
        worker = Xnio.getInstance("nio", Xnio.class.getClassLoader())
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
        door = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                channel -> {
                    try {
                        accepted.complete(channel.accept());
                    } catch (Exception e) {
                        accepted.completeExceptionally(e);
                    }
                },
                OptionMap.EMPTY);
        door.resumeAccepts();
        InetSocketAddress address = door.getLocalAddress(InetSocketAddress.class);
        client = new Socket(address.getAddress(), address.getPort());
        connection = accepted.get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        IoUtils.safeClose(connection, door);
        worker.shutdownNow();
    }

    @Test
    void whatIsWrittenToItReachesTheClient() throws Exception {
        SocketChannel socket = UndertowSocket.under(connection.getSinkChannel().getConduit());

        assertThat(socket).isNotNull();
        socket.write(ByteBuffer.wrap("word".getBytes(StandardCharsets.US_ASCII)));
        assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("word");
    }

    @Test
    void theTimeoutOfWritesLiesBetween() {
        ConduitStreamSinkChannel sink = connection.getSinkChannel();
        SocketChannel bare = UndertowSocket.under(sink.getConduit());
        sink.setConduit(new WriteTimeoutStreamSinkConduit(sink.getConduit(), connection, null));

        assertThat(UndertowSocket.under(sink.getConduit())).isNotNull().isSameAs(bare);
    }

    @Test
    void nothingElseIsGonePast() {
        ConduitStreamSinkChannel sink = connection.getSinkChannel();
        sink.setConduit(new BytesSentStreamSinkConduit(sink.getConduit(), count -> {}));
        assertThat(UndertowSocket.under(sink.getConduit())).isNull();

        sink.setConduit(new WriteTimeoutStreamSinkConduit(sink.getConduit(), connection, null));
        assertThat(UndertowSocket.under(sink.getConduit())).isNull();
    }
}
