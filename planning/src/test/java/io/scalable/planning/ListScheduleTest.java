package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Need;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListScheduleTest {

    @Test
    void equalTasksRunInRounds() {
        Forecast forecast = run(2, ready("a", 5, 10));
        assertThat(forecast.completion()).isEqualTo(31);
    }

    @Test
    void tenThousandTasksAreCountedLikeTen() {
        Forecast forecast = run(3, ready("a", 10_000, 2));
        assertThat(forecast.completion()).isCloseTo(1 + 3334 * 2, within(1e-6));
    }

    @Test
    void aStageWaitsForAllOfTheOneThatItNeeds() {
        Forecast forecast = run(2, ready("a", 4, 10), blocked("b", 2, 5, new Need("a", null)));
        assertThat(forecast.completion()).isEqualTo(26);
        assertThat(forecast.batches())
                .filteredOn(Forecast.Batch::blocked)
                .singleElement()
                .satisfies(b -> assertThat(b.readyAt()).isEqualTo(21))
                .satisfies(b -> assertThat(b.count()).isEqualTo(2));
    }

    @Test
    void tasksOfOneKeyFormAPipeline() {
        var pools =
                Map.of(
                        "pool", new SlotTimeline(1, 1).add(0, 1),
                        "other", new SlotTimeline(1, 1).add(0, 1));
        var first = ready("a", 8, 10);
        var then = new Stage("b", "other", 0, 8, 0, 0, 10, List.of(new Need("a", "site")));
        assertThat(ListSchedule.run(List.of(first, then), pools).completion())
                .isCloseTo(90, within(1e-6));
    }

    @Test
    void aPoolWithoutWorkersGetsOneWhenItsWorkComes() {
        assertThat(run(0, ready("a", 2, 10)).completion()).isEqualTo(21);
    }

    @Test
    void stagesThatWaitForOneAnotherNeverEnd() {
        Forecast forecast =
                run(
                        1,
                        blocked("a", 1, 1, new Need("b", null)),
                        blocked("b", 1, 1, new Need("a", null)));
        assertThat(forecast.completion()).isInfinite();
    }

    private static Forecast run(int slots, Stage... stages) {
        var pools = Map.of("pool", new SlotTimeline(1, 1).add(1, slots));
        return ListSchedule.run(List.of(stages), pools);
    }

    private static Stage ready(String task, int count, double seconds) {
        return new Stage(task, "pool", count, 0, 0, 0, seconds, List.of());
    }

    private static Stage blocked(String task, int count, double seconds, Need need) {
        return new Stage(task, "pool", 0, count, 0, 0, seconds, List.of(need));
    }
}
