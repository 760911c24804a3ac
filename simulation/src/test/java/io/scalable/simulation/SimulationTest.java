package io.scalable.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A thousand histories, each from a seed that a failure names; more by {@code dev/simulate}. */
class SimulationTest {

    private static final int SEEDS = 1_000;

    @Test
    void theInvariantsHoldWhateverGoesWrong() {
        var simulation = new Simulation();
        for (long seed = 1; seed <= SEEDS; seed++) {
            simulation.play(seed);
        }
        System.out.println(simulation.summary());

        assertThat(simulation.broken()).isEmpty();
        assertThat(simulation.faults().keySet()).containsExactlyInAnyOrder(Fault.values());
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(Simulation.trace(7)).isNotEmpty().isEqualTo(Simulation.trace(7));
    }
}
