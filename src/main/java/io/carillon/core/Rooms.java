package io.carillon.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is where, and what of that has been told. One lock for all of it, a leaf: held for a few steps in maps, never while
 * anything is called. Taken when somebody comes or goes, never for a delivery.
 *
 * <p>A member has a place in a room while one of his subscriptions has a seat there, and when the last one ended with its
 * connection, for the lease. What is told may be behind what is: who leaves and is back before that is told has done neither.
 */
final class Rooms {
    private static final class Room {
        final String channel;
        final Map<String, Place> places = new LinkedHashMap<>();
        int present;
        int told;

        Room(String channel) {
            this.channel = channel;
        }
    }

    private static final class Place {
        final Room room;
        final Member member;
        long since;
        int seats;
        long leftAt;
        boolean present;
        boolean told;

        Place(Room room, Member member) {
            this.room = room;
            this.member = member;
        }
    }

    /** One thing to tell. */
    static final class Turn {
        private final Place place;
        final boolean joins;
        final int count;

        private Turn(Place place, boolean joins, int count) {
            this.place = place;
            this.joins = joins;
            this.count = count;
        }

        Member member() {
            return place.member;
        }

        String channel() {
            return place.room.channel;
        }
    }

    private final long lease;
    private final int mostLeases;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Room> rooms = new HashMap<>();
    private final Map<Subscription, Place> seats = new HashMap<>();
    /** Places without a seat, those that end first in front: all leases are of the same length. */
    private final Set<Place> leased = new LinkedHashSet<>();
    /** Places of which what is may differ from what was told. */
    private final Set<Place> untold = new LinkedHashSet<>();

    /**
     * @param lease nanoseconds
     * @param mostLeases that run at one time; beyond it the oldest ends before its time
     */
    Rooms(long lease, int mostLeases) {
        this.lease = lease;
        this.mostLeases = mostLeases;
    }

    // ---- who comes and goes ----

    /** Gives a subscription a seat in its channel's room. Once it has one, nothing changes. */
    void sit(Subscription subscription, Member member, long millis) {
        lock.lock();
        try {
            if (!seats.containsKey(subscription)) {
                Place place = placeOf(subscription.source.name(), member);
                seats.put(subscription, place);
                place.seats++;
                leased.remove(place);
                if (!place.present) {
                    place.present = true;
                    place.since = millis;
                    place.room.present++;
                    untold.add(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Place placeOf(String channel, Member member) {
        Room room = rooms.computeIfAbsent(channel, Room::new);
        return room.places.computeIfAbsent(member.id(), id -> new Place(room, member));
    }

    /**
     * Takes a subscription's seat away, if it has one.
     *
     * @param atOnce false: if it was its member's last one, he keeps his place for the lease
     */
    void rise(Subscription subscription, boolean atOnce, long nanos) {
        lock.lock();
        try {
            Place place = seats.remove(subscription);
            if (place != null && --place.seats == 0) {
                if (atOnce || place.member.fleeting()) {
                    leave(place);
                } else {
                    place.leftAt = nanos;
                    leased.add(place);
                    if (leased.size() > mostLeases) {
                        leave(leased.iterator().next());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void leave(Place place) {
        leased.remove(place);
        place.present = false;
        place.room.present--;
        untold.add(place);
    }

    /** Under the lock. */
    private void expire(long nanos) {
        for (Iterator<Place> each = leased.iterator(); each.hasNext(); each = leased.iterator()) {
            Place first = each.next();
            if (nanos - first.leftAt < lease) {
                return;
            }
            leave(first);
        }
    }

    // ---- what is told ----

    /** What is to be told, at most so much; the same again until {@link #told} hears of it. For one caller at a time. */
    List<Turn> turns(int most, long nanos) {
        List<Turn> turns = new ArrayList<>();
        Map<Room, Integer> counts = new HashMap<>();
        lock.lock();
        try {
            expire(nanos);
            for (Iterator<Place> each = untold.iterator(); each.hasNext() && turns.size() < most; ) {
                Place place = each.next();
                if (place.present == place.told) {
                    each.remove();
                    forgetIfOver(place);
                } else {
                    int count = counts.getOrDefault(place.room, place.room.told) + (place.present ? 1 : -1);
                    counts.put(place.room, count);
                    turns.add(new Turn(place, place.present, count));
                }
            }
        } finally {
            lock.unlock();
        }
        return turns;
    }

    void told(List<Turn> turns) {
        lock.lock();
        try {
            for (Turn turn : turns) {
                Place place = turn.place;
                place.told = turn.joins;
                place.room.told += turn.joins ? 1 : -1;
                if (place.present == place.told) {
                    untold.remove(place);
                    forgetIfOver(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfOver(Place place) {
        if (!place.present && !place.told) {
            Room room = place.room;
            room.places.remove(place.member.id());
            if (room.places.isEmpty()) {
                rooms.remove(room.channel);
            }
        }
    }

    // ---- for those who look ----

    /** Who is there, as {@link Attendance} has it. */
    Attendance attendance(String channel, int most, long cursor, long nanos) {
        lock.lock();
        try {
            expire(nanos);
            Room room = rooms.get(channel);
            if (room == null) {
                return new Attendance(0, List.of(), cursor);
            }
            List<Attendance.Present> members = new ArrayList<>();
            for (Iterator<Place> each = room.places.values().iterator(); each.hasNext() && members.size() < most; ) {
                Place place = each.next();
                if (place.present) {
                    members.add(new Attendance.Present(place.member, place.since));
                }
            }
            return new Attendance(room.present, members, cursor);
        } finally {
            lock.unlock();
        }
    }

    /** The member who has this seat; null when it is none. */
    @Nullable
    Member memberAt(Subscription subscription) {
        lock.lock();
        try {
            Place place = seats.get(subscription);
            return place == null ? null : place.member;
        } finally {
            lock.unlock();
        }
    }
}
