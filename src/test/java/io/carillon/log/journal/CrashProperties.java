package io.carillon.log.journal;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever happens to the process or the machine, at whatever operation: what was acknowledged is there, or its loss is
 * told; what is there was appended; no id is used twice. A seed says all that happens, so it is not shrunk.
 */
class CrashProperties {
    private static final int ENDLESS = 1 << 30;

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void nothingAcknowledgedGoesMissingInSilence(
            @ForAll long seed, @ForAll SyncPolicy policy, @ForAll @IntRange(min = 1, max = 6) int lives) {
        new CrashRun(seed, Life.Options.ALWAYS.segments(2_000, ENDLESS)).live(lives, policy);
    }

    /** A segment got its name just before the process was killed: the next start has to see that the disk knows of it. */
    @Example
    void aNameThatAFormerLifeGaveIsOnTheDiskBeforeAnythingIsAcknowledged() {
        new CrashRun(2_728_666_679_090L, Life.Options.ALWAYS.segments(2_000, ENDLESS)).live(6, SyncPolicy.ALWAYS);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void policyMayChangeFromOneLifeToTheNext(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int lives) {
        new CrashRun(seed, Life.Options.ALWAYS.segments(2_000, ENDLESS)).live(lives, SyncPolicy.values());
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whatRetentionDeletedIsCoveredByAFloor(
            @ForAll long seed, @ForAll SyncPolicy policy, @ForAll @IntRange(min = 2, max = 6) int lives) {
        new CrashRun(seed, Life.Options.ALWAYS.segments(1_500, 4_000).channels(3)).live(lives, policy);
    }
}
