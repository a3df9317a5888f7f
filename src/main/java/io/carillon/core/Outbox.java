package io.carillon.core;

/**
 * Where several outlets of a transport put their writes aside, to be written by one thread one after the other (docs/adr/0027).
 * A pass of the fan-out sends each that it meets once, when it is over or rests.
 */
public interface Outbox {
    /** Has all that waits in it written. Idempotent, never blocks, from any thread; called with no lock held. */
    void send();
}
