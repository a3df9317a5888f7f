package io.carillon.faults;

import io.carillon.client.HttpDecoder;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import io.carillon.client.WholeAnswers;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A publisher's kept connection: one request at a time, blocking. One thread. */
final class Link implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 15_000;

    private final Target target;
    private final byte[] buffer = new byte[16 * 1024];
    private @Nullable Socket socket;

    Link(Target target) {
        this.target = target;
    }

    /**
     * Sends a request and reads its answer; connects anew when there is no connection.
     *
     * @throws IOException no answer: what the hub has made of the request is unknown
     */
    WholeAnswers.Answer post(String path, String headers, String body) throws IOException {
        try {
            Socket to = socket;
            if (to == null || to.isClosed()) {
                to = connect();
            }
            to.getOutputStream().write(Requests.post(target, path, headers, body));
            return answer(to);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket opening = new Socket();
        socket = opening;
        opening.setTcpNoDelay(true);
        opening.setSoTimeout(ANSWER_MILLIS);
        opening.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()), CONNECT_MILLIS);
        return opening;
    }

    private WholeAnswers.Answer answer(Socket from) throws IOException {
        AtomicReference<WholeAnswers.Answer> answer = new AtomicReference<>();
        HttpDecoder http = new HttpDecoder(new WholeAnswers(answer::set));
        while (answer.get() == null) {
            int n = from.getInputStream().read(buffer);
            if (n < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            http.feed(ByteBuffer.wrap(buffer, 0, n));
        }
        if (!answer.get().kept()) {
            close();
        }
        return answer.get();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
