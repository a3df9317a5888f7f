package io.carillon.bench.workload;

import io.carillon.bench.server.Peer;
import java.util.List;

/** A kind of measurement. */
public interface Workload {
    /** The letter, or the word, by which it is asked for. */
    String id();

    /** For people, in some words. */
    String label();

    /** What is measured of that server, in this order; nothing if it cannot take part. */
    List<Measurement> of(Peer peer);
}
