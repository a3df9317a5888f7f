package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * How the log is.
 *
 * @param failure why it takes nothing until the hub is started anew; null while it takes appends
 * @param full it has no room, and refuses appends until there is some
 * @param bytes that it takes on its disk; 0 for a log without one
 * @param segments files of it
 * @param lastSync when the disk had everything for the last time, milliseconds since the epoch; 0 when it never was asked
 * @param unsynced how many ids were given out since that the disk need not have yet
 */
public record LogHealth(
        @Nullable String failure, boolean full, long bytes, int segments, long lastSync, long unsynced) {
    /** Of a log that has no disk. */
    public static final LogHealth WITHOUT_DISK = new LogHealth(null, false, 0, 0, 0, 0);

    /** True if it may take the next append. */
    public boolean usable() {
        return failure == null;
    }
}
