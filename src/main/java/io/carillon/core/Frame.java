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
            return 64 + text.length();
        }
    }

    /** For transports that write bytes. */
    record Bytes(byte[] bytes, long lastId, int publications) implements Frame {
        public Bytes(byte[] bytes) {
            this(bytes, 0, 0);
        }

        @Override
        public int size() {
            return 64 + bytes.length;
        }
    }
}
