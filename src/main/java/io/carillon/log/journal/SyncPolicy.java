package io.carillon.log.journal;

/** When the disk has to have what was appended. All of them survive the end of the process. */
public enum SyncPolicy {
    /** Before it is acknowledged: a power cut loses nothing. */
    ALWAYS,
    /** Some time later: a power cut loses what was acknowledged in that time. */
    INTERVAL,
    /** When the operating system thinks fit, or a segment is full: a power cut may lose half a minute. */
    NONE
}
