package io.carillon.protocol;

import io.carillon.core.NewPublication;
import java.util.List;

/**
 * Several publications in one request: either each by itself,
 * {@code {"publications":[{"channel","event","data","ttl","key"}]}}, or one for several channels,
 * {@code {"channels":[...],"event","data","ttl","key"}}.
 *
 * @param list the name of the list in the request, which an error names together with the index
 * @param publications at least one
 */
public record Batch(String list, List<NewPublication> publications) {
    /** Publications in one request. */
    public static final int MOST = 1000;
    /** Bytes of data that one request may store: a broadcast stores its data once for each channel. */
    public static final long MOST_BYTES = 16 << 20;

    /**
     * Reads a whole body.
     *
     * @param dataLimit bytes of data in each publication
     * @throws ProtocolException for the first thing that is wrong, with its index
     */
    public static Batch parse(byte[] json, long dataLimit) {
        return RawJson.read(json, new BatchReader(json, dataLimit)::read);
    }
}
