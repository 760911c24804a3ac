package io.scalable.provider.platform;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand histories of a deployment at platforms that fail in every way known. What must hold in
 * each: no double job is kept and no job is lost; a worker that is heard is never written off; what
 * is ended is asked once in a while, not all the time; at rest the platform is asked once a minute.
 */
class PlatformSimulationTest {

    private static final int SEEDS = Integer.getInteger("scalable.seeds", 500);
    private static final long FIRST = Long.getLong("scalable.seed", 1);

    /** What a host logs of trouble would be a hundred thousand lines. */
    private static final Logger LOG = Logger.getLogger("io.scalable.provider");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void aBatchSchedulersWorkersComeToThePlanWhateverHappens() {
        play(PlatformTraits.batch());
    }

    @Test
    void aContainerServicesWorkersComeToThePlanWhateverHappens() {
        play(PlatformTraits.repeatable());
    }

    private static void play(Traits traits) {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                new PlatformHistory(seed, traits).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
