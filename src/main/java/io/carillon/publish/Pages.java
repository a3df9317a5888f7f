package io.carillon.publish;

import io.carillon.core.History;
import io.carillon.core.Publication;
import java.util.List;

/** Holds a page of history to a size in bytes as well, since a single publication may be large. */
final class Pages {
    /** After this much, the rest goes on the next page. */
    static final long BYTES = 1 << 20;

    private Pages() {}

    static History cut(History page) {
        List<Publication> all = page.publications();
        long bytes = 0;
        for (int i = 0; i < all.size() - 1; i++) {
            bytes += all.get(i).bytes();
            if (bytes >= BYTES) {
                return new History(all.subList(0, i + 1), all.get(i).id(), true, page.gap());
            }
        }
        return page;
    }
}
