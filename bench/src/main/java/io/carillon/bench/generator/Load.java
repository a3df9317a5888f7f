package io.carillon.bench.generator;

/**
 * What is asked of a server.
 *
 * @param subscribers spread evenly over the channels
 * @param size bytes of one publication's data, 33 at least
 * @param rate publications a second; 0: as many as the server delivers, a closed loop
 * @param window in a closed loop, publications that are still to reach a subscriber, at most, on average over the subscribers
 * @param behind in a closed loop, publications that are still to reach the one that is furthest behind, at most; 0: as many as
 *     the window allows
 * @param connections that publish; a channel always takes the same one
 * @param batch publications in one request, each to another channel; divides channels by connections
 * @param depth requests that each of them has under way at most
 * @param warm seconds before the measurement
 * @param seconds that are measured
 */
public record Load(
        Transport transport,
        int subscribers,
        int channels,
        int size,
        double rate,
        int window,
        int behind,
        int connections,
        int batch,
        int depth,
        double warm,
        double seconds) {

    /** One channel, a closed loop: what the server can do at most. */
    public static Load maximum(Transport transport) {
        return new Load(transport, 1_000, 1, 128, 0, 32, 0, 1, 1, 8, 2, 5);
    }

    /** One channel, so many publications a second. */
    public static Load steady(Transport transport, double rate) {
        return new Load(transport, 1_000, 1, 128, rate, 32, 0, 1, 1, 64, 1, 5);
    }

    /** A subscriber for each channel; publications in channels drawn at random, a closed loop. */
    public static Load channels(Transport transport, int channels) {
        return new Load(transport, channels, channels, 128, 0, 256, 0, 16, 1, 4, 2, 5);
    }

    /** The same with so many publications in a request. */
    public Load inBatches(int value) {
        return new Load(transport, subscribers, channels, size, rate, window, behind, connections, value, depth, warm, seconds);
    }

    public Load lasting(double warming, double measured) {
        return new Load(
                transport, subscribers, channels, size, rate, window, behind, connections, batch, depth, warming, measured);
    }

    public Load subscribers(int value) {
        return new Load(transport, value, channels, size, rate, window, behind, connections, batch, depth, warm, seconds);
    }

    public Load behind(int value) {
        return new Load(transport, subscribers, channels, size, rate, window, value, connections, batch, depth, warm, seconds);
    }

    public Load size(int value) {
        return new Load(transport, subscribers, channels, value, rate, window, behind, connections, batch, depth, warm, seconds);
    }
}
