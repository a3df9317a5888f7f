package io.carillon.core;

import java.util.List;

/**
 * Who is in a channel of this node at one moment.
 *
 * @param count all of them
 * @param members of these as many as were asked for, in the order in which they came
 * @param cursor all that was told up to this id is in here; what follows it may be, too
 */
public record Attendance(int count, List<Present> members, long cursor) {
    /**
     * One of them.
     *
     * @param since when he joined, milliseconds since the epoch
     */
    public record Present(Member member, long since) {}
}
