package io.carillon.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.carillon.core.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON that is checked but not interpreted. Strict: one value, UTF-8 without a byte order mark, at most
 * {@link #MAX_DEPTH} levels. Doubled members are the sender's affair. How many bytes are too many is the caller's.
 */
public final class RawJson {
    /** Arrays and objects inside each other. */
    public static final int MAX_DEPTH = 64;

    private static final int LONGEST_REASON = 160;

    /** Bounded by the size of the text alone, but for depth. Keeps nothing of a sender's names, nothing on a thread. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private RawJson() {}

    /** What is made of a document. The parser stands at its value's first token, and must be left at its last. */
    interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    /**
     * Checks that this is exactly one JSON value; white space around it is allowed.
     *
     * @throws InvalidJsonException with what is wrong, and at which byte
     */
    public static void check(byte[] json) {
        read(json, JsonParser::skipChildren);
    }

    /** Runs the reading over a whole document, which must hold one value. */
    static <T> T read(byte[] json, Reading<T> reading) {
        int invalid = Utf8.firstInvalid(json);
        if (invalid >= 0) {
            throw new InvalidJsonException("not UTF-8: invalid sequence at byte " + invalid);
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new InvalidJsonException("there is no JSON; one value is needed");
            }
            T result = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("more than one JSON value: the second begins at byte " + start(parser));
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw new InvalidJsonException("JSON is nested too deeply; the limit is " + MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            throw new InvalidJsonException(
                    "not valid JSON near byte " + e.getLocation().getByteOffset() + ": "
                            + Quote.line(reason, LONGEST_REASON)); // it quotes what it does not understand as it is
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
    }

    /** Passes over the value at which the parser stands; returns where it ends. */
    static int end(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    /** Where the value begins at which the parser stands. */
    static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
