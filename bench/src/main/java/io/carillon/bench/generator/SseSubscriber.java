package io.carillon.bench.generator;

/** A stream of server-sent events. */
final class SseSubscriber extends Subscriber {
    SseSubscriber(Crowd crowd, int index, String path) {
        super(crowd, index, path);
    }

    @Override
    String request() {
        return "Accept: text/event-stream\r\n";
    }

    @Override
    public void head(int status, byte[] in, int from, int to) {
        if (status == 200) {
            isReady();
        } else {
            fail("status " + status);
        }
    }

    @Override
    public void end() {
        fail("the stream has ended");
    }
}
