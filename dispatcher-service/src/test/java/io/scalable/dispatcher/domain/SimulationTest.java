package io.scalable.dispatcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random histories, each from a seed that a failure names. */
class SimulationTest {

    /** More of them: {@code -Dtest.log.manager=-Dscalable.histories=1000}. */
    private static final int HISTORIES = Integer.getInteger("scalable.histories", 15);

    @Test
    void theInvariantsHoldWhateverHappens() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var simulation = new Simulation(seed);
            try {
                simulation.run(400);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void aMachineBuiltFromItsRowsIsTheSameMachine() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var simulation = new Simulation(seed);
            simulation.live(200);
            var rebuilt =
                    DispatcherMachine.of(
                            Scenario.ID,
                            Rules.standard(),
                            simulation.scenario.kept.values().stream());

            assertThat(rebuilt.fingerprint())
                    .as("seed %d", seed)
                    .isEqualTo(simulation.scenario.machine().fingerprint());
        }
    }
}
