package io.carillon.log.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where a journal keeps its files: a flat directory that no other journal uses at the same time. A port, so that tests
 * can pull the plug. Its methods are called by one thread at a time.
 */
interface Store extends Closeable {

    /** Of what is there, in ascending order. */
    List<String> names() throws IOException;

    /** Opens a file for reading and writing; an empty one if there is none of that name. */
    StoreFile open(String name) throws IOException;

    /** At once or not at all; replaces what had that name. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** When it returns, a power cut does not undo what was created, renamed or deleted. */
    void sync() throws IOException;

    /** Another text after each start of the machine, the same when only a process was started anew; empty: unknown. */
    String boot();

    /** The full name, for people. */
    String path(String name);

    /** Lets others use the directory. */
    @Override
    void close() throws IOException;

    /** One open file. Of its methods only {@code force} may be called by another thread beside the one that writes. */
    interface StoreFile extends Closeable {
        long size() throws IOException;

        /** Reads what there is from there on, at most what fits; -1 at the end. */
        int read(ByteBuffer to, long at) throws IOException;

        /**
         * Writes all of it. When it returns, the end of this process does not undo it.
         *
         * @throws StoreFullException no room; a part may have been written
         */
        void write(ByteBuffer from, long at) throws IOException;

        /** When it returns, a power cut does not undo what was written before it was called. */
        void force() throws IOException;

        /** When it returns, a power cut does not undo it. */
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** There is no room for a write. */
    final class StoreFullException extends IOException {
        private static final long serialVersionUID = 1L;

        StoreFullException(String message) {
            super(message);
        }
    }
}
