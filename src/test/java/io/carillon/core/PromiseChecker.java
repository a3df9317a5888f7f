package io.carillon.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Holds one client's lines, in the order in which they were written, against the promise: for each of its subscriptions
 * every acknowledged publication comes once and in id order, or lies under a gap that came before anything newer; and
 * each cursor that it is told is one from which nothing would be lost.
 *
 * <p>It knows a subscription by the hub's answer in the stream. Not safe for concurrent use.
 */
final class PromiseChecker {
    private enum Answer {
        BEGINS,
        CHANGES_NOTHING,
        /** It begins, but the client has left since: nothing is owed, and what was in flight may follow it. */
        BEGINS_TOO_LATE,
        COMES_TOO_LATE;

        Answer late() {
            return this == BEGINS || this == BEGINS_TOO_LATE ? BEGINS_TOO_LATE : COMES_TOO_LATE;
        }
    }

    /** One subscription, as the client sees it. */
    private static final class Place {
        final String name;
        final ChannelPattern pattern;
        final List<Gap> gaps = new ArrayList<>();
        /** Entries up to here were delivered or accounted for. */
        long progress;
        /** The head when all that is retained was asked for; 0 once the first entry has come, and otherwise. */
        long allUpTo;
        /** What had been evicted before the first entry of all that is retained. */
        final Set<Long> excused = new HashSet<>();

        boolean owesGap;
        boolean leaving;

        Place(String name, long since, long head, boolean recovered) {
            this.name = name;
            this.pattern = new ChannelPattern(name);
            this.progress = since;
            this.allUpTo = since == 0 ? head : 0;
            this.owesGap = !recovered;
        }

        boolean coveredByGap(Ledger.Entry entry) {
            return gaps.stream()
                    .anyMatch(gap -> entry.id() <= gap.to()
                            && (entry.id() > gap.from() || gap.from() > gap.to())
                            && (gap.channel().equals(name) || gap.channel().equals(entry.channel())));
        }
    }

    private final Ledger ledger;
    private final Predicate<Ledger.Entry> expired;
    private final Predicate<Ledger.Entry> retained;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long newestSeen;
    private long oldestInFrame = Long.MAX_VALUE;
    /** It has subscribed to more than it came for: older entries may come, and the goodbye does not know of them. */
    private boolean grown;

    /**
     * @param expired true once an entry need not be delivered any more
     * @param retained true while the hub still has an entry; asked when the first entry of "all that is retained" comes
     */
    PromiseChecker(Ledger ledger, Predicate<Ledger.Entry> expired, Predicate<Ledger.Entry> retained) {
        this.ledger = ledger;
        this.expired = expired;
        this.retained = retained;
    }

    // ---- what the client does ----

    /** Before it comes. */
    void opening(List<String> names) {
        names.forEach(name -> expect(name, Answer.BEGINS));
    }

    /** Before it subscribes to one more; {@code begins} is false when nothing but an answer is due. */
    void subscribing(String name, boolean begins) {
        grown = true;
        expect(name, begins ? Answer.BEGINS : Answer.CHANGES_NOTHING);
    }

    private void expect(String name, Answer answer) {
        answers.computeIfAbsent(name, n -> new ArrayDeque<>()).add(answer);
    }

    /** The hub has refused it, so that no answer will come. */
    void refused(String name) {
        answers.get(name).removeLast();
    }

    /** Nothing is owed for that name any more, but what is in flight may come. */
    void unsubscribed(String name) {
        Place place = places.get(name);
        if (place != null) {
            place.leaving = true;
        }
        answers.computeIfPresent(name, (n, due) -> {
            Deque<Answer> late = new ArrayDeque<>();
            due.forEach(answer -> late.add(answer.late()));
            return late;
        });
    }

    boolean subscribed(String name) {
        Place place = places.get(name);
        Deque<Answer> due = answers.get(name);
        return (place != null && !place.leaving) || (due != null && due.contains(Answer.BEGINS));
    }

    // ---- what the client reads ----

    void read(Line line) {
        if (line instanceof Line.Message message) {
            read(message);
        } else if (line instanceof Line.Missing missing) {
            read(missing.gap());
        } else if (line instanceof Line.Cursor cursor) {
            read(cursor);
        } else if (line instanceof Line.Goodbye goodbye) {
            if (!grown && goodbye.cursor() != 0) {
                checkCursor(goodbye.cursor(), "the goodbye's cursor");
            }
        } else if (line instanceof Line.Notice notice) {
            readNotice(notice.text());
        }
    }

    /** Also what the client itself has noted among its lines. */
    private void readNotice(String text) {
        String[] word = text.split(" ", -1);
        switch (word[0]) {
            case "subscribing" -> subscribing(word[1], Boolean.parseBoolean(word[2]));
            case "unsubscribing" -> unsubscribed(word[1]);
            case "refused" -> {
                refused(word[1]);
                unsubscribed(word[1]);
            }
            case "subscribed" -> readAnswer(text, word[1], word);
            default -> {}
        }
    }

    private void readAnswer(String text, String name, String[] word) {
        Deque<Answer> due = answers.get(name);
        Answer answer = due == null ? null : due.poll();
        if (answer == null) {
            violations.add("an answer that nobody is waiting for: " + text);
        } else if (answer == Answer.BEGINS || answer == Answer.BEGINS_TOO_LATE) {
            Place place =
                    new Place(name, Long.parseLong(word[2]), Long.parseLong(word[3]), Boolean.parseBoolean(word[4]));
            place.leaving = answer == Answer.BEGINS_TOO_LATE;
            places.put(name, place);
        }
    }

    private void read(Line.Message message) {
        boolean explained = false;
        for (Place place : places.values()) {
            if (place.pattern.matches(message.channel()) && message.id() > place.progress) {
                explained = true;
                if (!place.leaving) {
                    deliver(place, message);
                }
                place.progress = message.id();
            }
        }
        if (!explained) {
            violations.add(
                    message.channel() + "#" + message.id() + " came although no subscription was waiting for it");
        }
        newestSeen = Math.max(newestSeen, message.id());
        oldestInFrame = Math.min(oldestInFrame, message.id());
    }

    private void deliver(Place place, Line.Message message) {
        if (place.owesGap) {
            violations.add(place.name + " was not recovered, but " + message.id() + " came before any gap");
            place.owesGap = false;
        }
        if (place.allUpTo != 0) {
            for (Ledger.Entry entry : ledger.between(place.pattern, 0, place.allUpTo + 1)) {
                if (!retained.test(entry)) {
                    place.excused.add(entry.id());
                }
            }
            place.allUpTo = 0;
        }
        for (Ledger.Entry entry : ledger.between(place.pattern, place.progress, message.id())) {
            if (isOwed(place, entry)) {
                violations.add(place.name + " got " + message.id() + " and never heard of " + entry);
            }
        }
    }

    private boolean isOwed(Place place, Ledger.Entry entry) {
        return entry.id() > place.allUpTo
                && !place.excused.contains(entry.id())
                && !place.coveredByGap(entry)
                && !expired.test(entry);
    }

    private void read(Gap gap) {
        boolean wanted = false;
        for (Place place : places.values()) {
            if (gap.channel().equals(place.name) || place.pattern.matches(gap.channel())) {
                place.gaps.add(gap);
                place.owesGap = false;
                wanted = true;
            }
        }
        if (!wanted) {
            violations.add(gap + " is nobody's");
        }
    }

    private void read(Line.Cursor cursor) {
        checkCursor(cursor.cursor(), "the cursor");
        if (cursor.gapCursor() != 0) {
            if (oldestInFrame <= cursor.gapCursor()) {
                violations.add("the gap's cursor " + cursor.gapCursor() + " passes over " + oldestInFrame
                        + ", which came after it");
            }
            checkCursor(cursor.gapCursor(), "the gap's cursor");
        }
        if (!grown && cursor.cursor() < newestSeen) {
            violations.add("the cursor " + cursor.cursor() + " would bring " + newestSeen + " again");
        }
        oldestInFrame = Long.MAX_VALUE;
    }

    private void checkCursor(long cursor, String what) {
        for (Place place : places.values()) {
            if (place.leaving) {
                continue;
            }
            for (Ledger.Entry entry : ledger.between(place.pattern, place.progress, cursor + 1)) {
                if (isOwed(place, entry)) {
                    violations.add(what + " " + cursor + " of " + place.name + " passes over " + entry);
                }
            }
        }
    }

    /** When nothing is under way any more: nothing may be owed. */
    void settled() {
        checkCursor(Long.MAX_VALUE - 1, "silence");
        for (Place place : places.values()) {
            if (place.owesGap && !place.leaving) {
                violations.add(place.name + " was not recovered, but no gap came");
            }
        }
        answers.forEach((name, due) -> {
            if (due.contains(Answer.BEGINS) || due.contains(Answer.CHANGES_NOTHING)) {
                violations.add(name + " was asked for, but no answer came");
            }
        });
    }

    List<String> violations() {
        return violations;
    }
}
