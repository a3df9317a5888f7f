package io.carillon.monitor;

import io.carillon.core.HubFigures;
import io.carillon.core.LogHealth;
import io.carillon.protocol.WireWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the hub lives, and whether it should get traffic, in the form of MicroProfile Health.
 *
 * @param checks of which each must be up
 */
record Health(List<Check> checks) {
    /** The timer beats four times a second; when it has not for so many seconds, nobody is cut or answered in time. */
    static final int MOST_BEAT_AGE = 60;

    /** @param why it is down; what a stranger is not told */
    record Check(String name, @Nullable String why) {
        boolean up() {
            return why == null;
        }
    }

    /** Down when only a restart helps. */
    static Health live(HubFigures figures) {
        boolean late = figures.beatAge() > MOST_BEAT_AGE;
        String why = late && figures.accepting()
                ? "the timer has not run for " + Math.round(figures.beatAge()) + " s; the limit is " + MOST_BEAT_AGE
                        + " s"
                : null;
        return new Health(List.of(new Check("timer", why)));
    }

    /** Down when clients are better served by another node: this one goes down, or stores nothing any more. */
    static Health ready(HubFigures figures) {
        LogHealth log = figures.log();
        return new Health(List.of(
                new Check("accepting", figures.accepting() ? null : "the hub is going down"),
                new Check("log", log.failure())));
    }

    static Health all(HubFigures figures) {
        return new Health(Stream.concat(live(figures).checks.stream(), ready(figures).checks.stream())
                .toList());
    }

    boolean up() {
        return checks.stream().allMatch(Check::up);
    }

    /** @param reasons whether to say why something is down */
    byte[] json(boolean reasons) {
        WireWriter to = new WireWriter(256);
        status(to.ascii('{'), up());
        to.ascii(",\"checks\":").array(checks, (writer, check) -> write(writer, check, reasons));
        return to.ascii('}').toBytes();
    }

    private static void write(WireWriter to, Check check, boolean reasons) {
        to.ascii("{\"name\":").string(check.name).ascii(',');
        status(to, check.up());
        String why = check.why;
        if (why != null && reasons) {
            to.ascii(",\"data\":{\"reason\":").string(why).ascii('}');
        }
        to.ascii('}');
    }

    private static void status(WireWriter to, boolean up) {
        to.ascii("\"status\":\"").ascii(up ? "UP" : "DOWN").ascii('"');
    }
}
