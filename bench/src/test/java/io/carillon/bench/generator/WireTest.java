package io.carillon.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class WireTest {
    private final StringBuilder heard = new StringBuilder();

    /** What comes, in pieces of every size. */
    private String hear(String bytes, Feed feed) {
        String whole = null;
        byte[] in = bytes.getBytes(StandardCharsets.ISO_8859_1);
        for (int size = in.length; size > 0; size--) {
            heard.setLength(0);
            int piece = size;
            feed.all(in, at -> Math.min(in.length, at + piece));
            whole = whole == null ? heard.toString() : whole;
            assertThat(heard.toString()).as("in pieces of %d", size).isEqualTo(whole);
        }
        return whole;
    }

    private interface Feed {
        void all(byte[] in, IntUnaryOperator end);
    }

    private final Responses.Handler http = new Responses.Handler() {
        @Override
        public void head(int status, byte[] in, int from, int to) {
            heard.append(status).append('(');
        }

        @Override
        public void body(byte[] in, int from, int to) {
            heard.append(new String(in, from, to - from, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void end() {
            heard.append(')');
        }
    };

    private String http(String text) {
        return hear(text, (in, end) -> {
            Responses responses = new Responses(http);
            for (int at = 0; at < in.length; at = end.applyAsInt(at)) {
                responses.feed(in, at, end.applyAsInt(at));
            }
        });
    }

    @Test
    void responsesFollowEachOther() {
        assertThat(http("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 201 Created\r\nContent-Length:0\r\nX: y\r\n\r\n"
                        + "HTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nz"))
                .isEqualTo("200(abc)201()304()200(z)");
    }

    @Test
    void chunksAreTakenOutOfTheirFraming() {
        assertThat(http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n00A;x=\"3\"\r\n0123456789\r\n0\r\n"
                        + "Trailer: t\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nz"))
                .isEqualTo("200(ab0123456789)200(z)");
    }

    @Test
    void aBodyWithoutALengthGoesOnForEver() {
        assertThat(http("HTTP/1.1 200 OK\r\n\r\n" + ":\n\n".repeat(9))).isEqualTo("200(" + ":\n\n".repeat(9));
    }

    @Test
    void framesAreTakenApart() {
        String long126 = "\u0001~\u0000\u0085" + "y".repeat(133);
        String said = hear(
                "\u0081\u0002ab" + long126 + "\u0089\u0001p" + "\u0080\u0001c" + "\u0081\u0000" + "\u0088\u0000", (in, end) -> {
                    Frames frames = new Frames(new Frames.Handler() {
                        @Override
                        public void data(byte[] bytes, int from, int to) {
                            http.body(bytes, from, to);
                        }

                        @Override
                        public void end() {
                            heard.append('|');
                        }

                        @Override
                        public void ping(byte[] payload) {
                            heard.append("ping ").append((char) payload[0]).append(' ');
                        }

                        @Override
                        public void closed() {
                            heard.append("close");
                        }
                    });
                    for (int at = 0; at < in.length; at = end.applyAsInt(at)) {
                        frames.feed(in, at, end.applyAsInt(at));
                    }
                });
        assertThat(said).isEqualTo("ab|" + "y".repeat(133) + "ping p c||close");
    }

    @Test
    void aRequestSaysHowLongItIs() {
        assertThat(markers(1, 0)).isEqualTo("7:41 ");
        assertThat(markers(3, 0)).isEqualTo("7:41 7:42 7:43 ");
        assertThat(markers(3, 4)).isEqualTo("7:41 1:0 5:0 ");
    }

    private static String markers(int batch, int stride) {
        Target target = new Target(Dialect.CARILLON, 8080);
        Request request = new Request(target, new Channels("b-", 10, ""), 128, batch, stride);
        int[] published = new int[10];
        published[7] = 41;
        String text = new String(request.patched(7, 1, published), StandardCharsets.US_ASCII);
        int body = text.indexOf("\r\n\r\n") + 4;
        StringBuilder markers = new StringBuilder();
        new MarkerScanner((time, sequence, channel) -> {
                    assertThat(text).contains("b-00000" + channel);
                    markers.append(channel).append(':').append(sequence).append(' ');
                })
                .scan(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
        assertThat(text).contains("Content-Length: " + (text.length() - body) + "\r\n");
        return markers.toString();
    }
}
