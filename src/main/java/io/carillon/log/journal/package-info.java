/**
 * The local log on disk: appends records to segment files and reads them again at the next start.
 *
 * <p>{@link io.carillon.log.journal.JournalLog} is the way in; {@code Writer} is the one thread that appends; what a
 * restart does stands in {@code Recovery}; all bytes go through the port {@code Store}.
 */
@NullMarked
package io.carillon.log.journal;

import org.jspecify.annotations.NullMarked;
