package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One thing to be measured.
 *
 * @param workload the letter, or the word
 * @param variant the transport, or how publications are kept
 * @param parameters what else tells it from others
 * @param warming what the server must have done before
 * @param applies false if what is already known of this peer says that it makes no sense; null stands for "nothing known"
 * @param run on a warm server, pinned
 */
public record Measurement(
        Peer peer,
        String workload,
        String variant,
        String parameters,
        Setup setup,
        Warming warming,
        Predicate<Known> applies,
        Function<Server, Figures> run) {

    /** What has been measured before. */
    public interface Known {
        /** A figure of another measurement of the same peer and variant; NaN if there is none. */
        double figure(String workload, String variant, String name);
    }

    static Measurement always(
            Peer peer,
            String workload,
            String variant,
            String parameters,
            Setup setup,
            Warming warming,
            Function<Server, Figures> run) {
        return new Measurement(peer, workload, variant, parameters, setup, warming, known -> true, run);
    }

    /** What it is told by among all results. */
    public String key() {
        return peer + " " + workload + " " + variant + (parameters.isEmpty() ? "" : " " + parameters);
    }

    @Override
    public String toString() {
        return key();
    }
}
