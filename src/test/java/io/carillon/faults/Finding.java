package io.carillon.faults;

/**
 * A promise that was broken.
 *
 * @param who the subscriber, or the hub
 */
record Finding(Kind kind, String who, String what) {

    enum Kind {
        /** Acknowledged, and neither delivered nor covered by a gap. */
        LOST,
        /** Delivered to one and not to another, or the same id for different publications. */
        DIVERGED,
        /** Delivered twice under the same id. */
        DOUBLED,
        /** Stored twice: one publication under two ids. */
        STORED_TWICE,
        /** An older id after a newer one. */
        REORDERED,
        /** Delivered and never sent, or sent and refused. */
        PHANTOM,
        /** A gap where nothing may be missing. */
        GAP
    }

    @Override
    public String toString() {
        return kind + ": " + who + ": " + what;
    }
}
