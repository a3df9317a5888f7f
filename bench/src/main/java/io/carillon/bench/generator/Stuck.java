package io.carillon.bench.generator;

import java.util.function.LongSupplier;

/** Clients that have subscribed and then read nothing any more. */
public final class Stuck {
    private static final int SIZE = 1024;

    private Stuck() {}

    /**
     * What each of them costs the server: the question asked before they are there, and after so many publications of 1 KB have been made
     * in their channel that they do not read. As many were made there before, so that what is retained is the same.
     *
     * @param question its answer is a sum over all
     */
    public static long each(Target target, Transport transport, int clients, int published, LongSupplier question) {
        Channels channels = Channels.fresh(1);
        Loop reading = new Loop();
        Loop publishing = new Loop();
        Request request = new Request(target, channels, SIZE, 1, 0);
        try (Publisher publisher = new Publisher(publishing, target, channels, request, 1, 8);
                Crowd crowd = new Crowd(reading, target, transport, clients, channels, "", 0)) {
            publisher.publishAll(published);
            long before = question.getAsLong();
            crowd.connect();
            publisher.publishAll(published);
            return (question.getAsLong() - before) / clients;
        } finally {
            reading.close();
            publishing.close();
        }
    }
}
