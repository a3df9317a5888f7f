package io.carillon.core;

/**
 * What one write carries, encoded. Shared between all connections that stand at the same place, so immutable: nobody
 * writes to the array.
 */
public sealed interface Frame {

    /** Newest id inside, so the cursor of who has received it; 0 when it holds no publication. */
    long lastId();

    /** How many publications it delivers. */
    int publications();

    /** Heap that it takes, in bytes. */
    int size();

    /** For transports that write text. */
    record Text(String text, long lastId, int publications) implements Frame {
        public Text(String text) {
            this(text, 0, 0);
        }

        @Override
        public int size() {
            return 64 + 2 * text.length(); // at most: one byte a character when all are Latin-1
        }
    }

    /** For transports that write bytes. */
    final class Bytes implements Frame {
        private final byte[] bytes;
        private final long lastId;
        private final int publications;

        /** @param bytes given away by the caller */
        public Bytes(byte[] bytes, long lastId, int publications) {
            this.bytes = bytes;
            this.lastId = lastId;
            this.publications = publications;
        }

        public Bytes(byte[] bytes) {
            this(bytes, 0, 0);
        }

        /** Shared: only to be read. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public long lastId() {
            return lastId;
        }

        @Override
        public int publications() {
            return publications;
        }

        @Override
        public int size() {
            return 64 + bytes.length;
        }
    }
}
