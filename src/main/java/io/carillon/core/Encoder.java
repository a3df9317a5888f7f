package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * A transport's wire form. One shared instance each, without state: frames are cached by it. Called from many threads,
 * must not block.
 */
public interface Encoder {

    /** Encodes a delivery that holds something. */
    Frame encode(Delivery delivery);

    /** Encodes one gap by itself; only asked for when {@link #maxPublications()} is 1. */
    default Frame encodeGap(Gap gap) {
        throw new UnsupportedOperationException();
    }

    /** Publications in one frame at most; 1 also means that a gap has a frame of its own. */
    int maxPublications();

    /** Data in one frame at most, in bytes; a single publication may exceed it. */
    int maxBytes();

    /** What is written into silence so that both sides know the other is there; null when the transport has nothing. */
    @Nullable
    Frame heartbeat();
}
