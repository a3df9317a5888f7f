package io.carillon.core;

import static io.carillon.support.Threads.join;

import io.carillon.support.Tries;
import java.util.function.Consumer;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** One writer and one reader, in the interleavings that Lincheck's model checker finds. */
class RetainedRacesTest {
    /** Made before, since the checker follows whatever is done while it looks. */
    private static final Publication[] PUBLICATIONS = new Publication[6];

    static {
        for (int id = 0; id < PUBLICATIONS.length; id++) {
            PUBLICATIONS[id] = new Publication(id, "a", "message", new byte[0], 0, 0);
        }
    }

    @Test
    void readerSeesAllOrAGapWhileTheRingGrowsAndEvicts() {
        check(4, 0, retained -> {
            retained.append(publication(5));
            retained.evictOldest();
            retained.evictOldest();
        });
    }

    @Test
    void readerSeesAllOrAGapWhileSlotsAreUsedAgain() {
        check(3, 1, retained -> {
            retained.evictOldest();
            retained.append(publication(4));
            retained.evictOldest();
            retained.append(publication(5));
        });
    }

    @Test
    void readerSeesAllOrAGapWhileTheRingShrinksToNothingAndBegins() {
        check(2, 0, retained -> {
            retained.evictOldest();
            retained.evictOldest();
            retained.trim();
            retained.append(publication(3));
        });
    }

    /** @param visible how many entries, with the ids from 1, are there and visible before the writer goes on */
    private static void check(int visible, long after, Consumer<Retained> writes) {
        Lincheck.runConcurrentTest(Tries.of(100), () -> {
            Retained retained = new Retained(0);
            for (long id = 1; id <= visible; id++) {
                retained.append(publication(id));
            }
            Thread writer = new Thread(() -> writes.accept(retained));
            writer.start();
            readToTheEnd(retained, after, visible);
            join(writer);
        });
    }

    private static void readToTheEnd(Retained retained, long after, long upTo) {
        long cursor = after;
        boolean overtaken;
        do {
            Retained.Reader reader = retained.read(cursor, upTo);
            cursor = Math.max(cursor, reader.gapTo());
            for (Publication p; (p = reader.current()) != null; reader.advance()) {
                if (p.id() != cursor + 1) {
                    throw new AssertionError(p.id() + " after " + cursor);
                }
                cursor = p.id();
            }
            overtaken = reader.evicted();
        } while (overtaken);
        if (cursor != upTo) {
            throw new AssertionError("stopped at " + cursor + " of " + upTo);
        }
    }

    private static Publication publication(long id) {
        return PUBLICATIONS[(int) id];
    }
}
