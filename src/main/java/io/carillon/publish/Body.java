package io.carillon.publish;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. Its media type is checked here, not by {@code @Consumes}, so that a missing one is refused on
 * every server: it is what a page of another origin could send without asking first.
 *
 * @param type the header {@code Content-Type}, if there is one
 * @param length the header {@code Content-Length}, if there is one
 */
record Body(InputStream in, @Nullable String type, @Nullable String length) {
    private static final String JSON = "application/json";
    /** So much of a body that is too large is let through to nowhere, so that its sender comes to read the answer. */
    private static final long MOST_DISCARDED = 16 << 20;

    /**
     * Reads JSON of at most {@code limit} bytes; of a larger body, no more than one byte beyond it is kept.
     *
     * @throws ProtocolException for another media type, and for a body that is too large
     */
    byte[] read(long limit) throws IOException {
        expectJson();
        return readAny(limit);
    }

    /** The same for a body that may be left out: then its type does not matter. */
    byte[] readOptional(long limit) throws IOException {
        byte[] body = readAny(limit);
        if (body.length > 0) {
            expectJson();
        }
        return body;
    }

    private byte[] readAny(long limit) throws IOException {
        long announced = announced();
        if (announced > limit) {
            discard(announced);
            throw tooLarge(announced + " bytes", limit);
        }
        if (announced >= 0) {
            byte[] body = new byte[(int) announced];
            int come = in.readNBytes(body, 0, body.length);
            if (come < body.length) {
                throw new EOFException(come + " of " + announced + " bytes came");
            }
            return body;
        }
        byte[] body = in.readNBytes((int) limit + 1);
        if (body.length > limit) {
            discard(MOST_DISCARDED);
            throw tooLarge("more than " + limit + " bytes", limit);
        }
        return body;
    }

    /** Most clients read only when they have written all, and a server that closes before that robs them of the answer. */
    private void discard(long rest) {
        if (rest > MOST_DISCARDED) {
            return;
        }
        byte[] nowhere = new byte[8192];
        try {
            for (long left = rest; left > 0; ) {
                int n = in.read(nowhere, 0, (int) Math.min(left, nowhere.length));
                if (n < 0) {
                    return;
                }
                left -= n;
            }
        } catch (IOException e) {
            // The answer stays the same, if there is somebody to read it.
            System.getLogger(Body.class.getName()).log(System.Logger.Level.DEBUG, "{0}", e.toString());
        }
    }

    private static ProtocolException tooLarge(String size, long limit) {
        return ProtocolException.tooLarge("the body has " + size + "; the limit is " + limit, limit);
    }

    /** What the client says of its size; -1 when it says nothing that can be read. The server has checked the syntax. */
    private long announced() {
        try {
            return length == null ? -1 : Long.parseLong(length.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void expectJson() {
        if (JSON.equals(type)) {
            return; // as nearly all say
        }
        if (type == null || !isJson(type.toLowerCase(Locale.ROOT))) {
            throw new ProtocolException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type is " + (type == null ? "missing" : "not " + JSON) + "; send JSON in UTF-8 as "
                            + JSON);
        }
    }

    private static boolean isJson(String type) {
        int semicolon = type.indexOf(';');
        if (semicolon < 0) {
            return type.trim().equals(JSON);
        }
        String parameters = type.substring(semicolon).replace("\"", "").replace(" ", "");
        boolean utf8 = !parameters.contains("charset=") || parameters.contains("charset=utf-8");
        return utf8 && type.substring(0, semicolon).trim().equals(JSON);
    }
}
