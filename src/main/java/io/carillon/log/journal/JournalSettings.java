package io.carillon.log.journal;

import io.carillon.log.KeyLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a journal is told at start.
 *
 * @param directory where its files are; made if it is not there
 * @param sync when the disk has to have what was appended
 * @param interval between two syncs of the policy {@link SyncPolicy#INTERVAL}
 * @param segment size in bytes from which on the next file is begun
 * @param size bound in bytes for all files; it may be exceeded by one segment
 * @param skipDamage goes on behind damaged records instead of refusing to start
 * @param keys how long idempotency keys are remembered
 * @param channels of which it is known exactly what was deleted; beyond that a cursor may be told of a gap needlessly
 */
public record JournalSettings(
        Path directory,
        SyncPolicy sync,
        Duration interval,
        long segment,
        long size,
        boolean skipDamage,
        KeyLimits keys,
        int channels) {}
