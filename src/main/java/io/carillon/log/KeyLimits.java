package io.carillon.log;

import java.time.Duration;

/**
 * How long idempotency keys are remembered.
 *
 * @param window time after which a key is forgotten
 * @param bytes bound for all that are remembered, with {@value KeyWindow#OVERHEAD} bytes for each beside its characters;
 *     beyond it the oldest is forgotten before its time
 */
public record KeyLimits(Duration window, long bytes) {}
