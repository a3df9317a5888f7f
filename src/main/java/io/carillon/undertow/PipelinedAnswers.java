package io.carillon.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http.PipeliningBufferingStreamSinkConduit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.IoUtils;

/**
 * Writes the answers of a connection together whose client sends its next requests before it has them (RFC 9112, 9.3.2): one is kept
 * back while the whole head of another request to publish is here already, and goes out with that one's answer. Nothing waits for what has yet to
 * come: who keeps others waiting, for a body, the journal or the servlets, lets go first ({@link #letGo}).
 *
 * <p>Undertow can do that itself ({@code buffer-pipelined-data}), but not for requests with a body, and it keeps an answer for as long as
 * the next takes. Once it is there it stays with its connection, and hands on at once what is not kept.
 *
 * <p>Threads: the IO thread of the connection, and whoever serves its request, one after the other, as all conduits of Undertow.
 */
final class PipelinedAnswers extends PipeliningBufferingStreamSinkConduit {
    /** Of what is the head of a request looked for. */
    private static final int LONGEST_HEAD = 2048;

    private boolean kept;

    private PipelinedAnswers(HttpServerConnection connection) {
        super(connection.getOriginalSinkConduit(), connection.getByteBufferPool());
    }

    /** Before the answer of this exchange is written. Keeps it back if the next request is here, and will be served. */
    static void keep(HttpServerExchange exchange) {
        if (!exchange.isPersistent()
                || !(exchange.getConnection() instanceof HttpServerConnection connection)
                || !nextIsHere(connection, exchange)) {
            return;
        }
        if (connection.getPipelineBuffer() == null) {
            PipelinedAnswers answers = new PipelinedAnswers(connection);
            connection.setPipelineBuffer(answers);
            answers.setupPipelineBuffer(exchange);
        }
        if (connection.getPipelineBuffer() instanceof PipelinedAnswers answers) {
            answers.kept = true;
        }
    }

    /** Sends what has been kept back, since the next answer may take a while. */
    static void letGo(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof HttpServerConnection connection
                && connection.getPipelineBuffer() instanceof PipelinedAnswers answers) {
            try {
                answers.flush(); // what the kernel does not take now goes with the next answer
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        }
    }

    /** A request to publish to the same application, with its whole head. */
    private static boolean nextIsHere(HttpServerConnection connection, HttpServerExchange exchange) {
        PooledByteBuffer more = connection.getExtraBytes();
        if (more == null) {
            return false;
        }
        ByteBuffer bytes = more.getBuffer();
        byte[] start = ("POST " + exchange.getResolvedPath() + "/v1/").getBytes(StandardCharsets.ISO_8859_1);
        int from = bytes.position();
        int end = Math.min(bytes.limit(), from + LONGEST_HEAD);
        if (end - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes.get(from + i) != start[i]) {
                return false;
            }
        }
        for (int i = from + start.length + 3; i < end; i++) {
            if (bytes.get(i) == '\n' && bytes.get(i - 1) == '\r' && bytes.get(i - 2) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Of each request, at its beginning. */
    @Override
    public void setupPipelineBuffer(HttpServerExchange exchange) {
        kept = false;
        super.setupPipelineBuffer(exchange);
    }

    @Override
    public boolean flush() throws IOException {
        return super.flush() && (kept || flushPipelinedData());
    }
}
