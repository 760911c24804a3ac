package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdaptiveScalerTest {

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private final AdaptiveScaler scaler =
            AdaptiveScaler.builder()
                    .minWorkers(Map.of("demeter", 2, "postprocess", 1))
                    .maxWorkers(Map.of("demeter", 20, "postprocess", 10))
                    .scaleUpThreshold(0.8)
                    .scaleDownThreshold(0.2)
                    .cooldownSeconds(120)
                    .clock(() -> now)
                    .build();

    @Test
    void growsToTheTasksWithinTheMaximum() {
        ScaleDecision decision = evaluate(50, 2);
        assertThat(decision.workersToAdd()).isEqualTo(Map.of("demeter", 18));
        assertThat(decision.workersToRemove()).isEmpty();
        assertThat(decision.hasChanges()).isTrue();
        assertThat(decision.reasoning()).contains("demeter: 50 tasks for 2 workers");
        assertThat(decision.timestamp()).isEqualTo(now);
    }

    @Test
    void neverHasMoreWorkersThanTasks() {
        assertThat(evaluate(5, 2).workersToAdd()).isEqualTo(Map.of("demeter", 3));
    }

    @Test
    void staysBetweenTheThresholds() {
        ScaleDecision decision = evaluate(3, 10);
        assertThat(decision.hasChanges()).isFalse();
        assertThat(decision.reasoning()).contains("above the scale-down threshold");
    }

    @Test
    void shrinksBelowTheLowerThresholdButNotBelowTheMinimum() {
        assertThat(evaluate(1, 10).workersToRemove()).isEqualTo(Map.of("demeter", 8));
    }

    @Test
    void aTagBelowItsMinimumIsFilledUp() {
        assertThat(scaler.evaluate(List.of(), Map.of()).workersToAdd())
                .isEqualTo(Map.of("demeter", 2, "postprocess", 1));
    }

    @Test
    void theCooldownDelaysTheSecondChangeAndNotTheFirst() {
        assertThat(evaluate(5, 2).hasChanges()).isTrue();
        now = now.plusSeconds(119);
        ScaleDecision cooling = evaluate(9, 5);
        assertThat(cooling.hasChanges()).isFalse();
        assertThat(cooling.reasoning()).contains("cooldown");
        now = now.plusSeconds(1);
        assertThat(evaluate(9, 5).workersToAdd()).isEqualTo(Map.of("demeter", 4));
    }

    @Test
    void whatIsOnItsWayIsNotAskedForAgain() {
        Map<String, Integer> none = Map.of();
        ScaleDecision first = scaler.evaluate(Map.of("demeter", 30), none);
        assertThat(first.workersToAdd()).isEqualTo(Map.of("demeter", 20, "postprocess", 1));
        assertThat(first.wantedWorkers()).isEqualTo(Map.of("demeter", 20, "postprocess", 1));
        for (int batch = 0; batch < 3; batch++) {
            now = now.plusSeconds(30);
            ScaleDecision next = scaler.evaluate(Map.of("demeter", 30), none);
            assertThat(next.hasChanges()).as(next.reasoning()).isFalse();
            assertThat(next.predictedCompletionTime()).isFinite();
        }
        now = now.plusSeconds(30);
        // They never came: the advice is the same count, however often it is followed.
        assertThat(scaler.evaluate(Map.of("demeter", 30), none).wantedWorkers())
                .isEqualTo(first.wantedWorkers());
    }

    @Test
    void numbersOfTasksAdviseAsTheTasksDo() {
        ScaleDecision byNumber = scaler.evaluate(Map.of("demeter", 5), active(2));

        assertThat(byNumber.workersToAdd()).isEqualTo(Map.of("demeter", 3));
        assertThat(byNumber.wantedWorkers()).isEqualTo(Map.of("demeter", 5));
    }

    @Test
    void predictionAndConfidenceRestOnCompletions() {
        ScaleDecision blind = evaluate(20, 20);
        var completions = Collections.nCopies(40, new Completion("demeter", 3));
        ScaleDecision informed = scaler.evaluate(pending(40), active(20), completions);
        assertThat(informed.predictedCompletionTime()).isBetween(5.99, 6.01);
        assertThat(informed.confidence()).isGreaterThan(blind.confidence());
    }

    @Test
    void aTagWithoutAMaximumIsLeftAsItIs() {
        ScaleDecision decision =
                scaler.evaluate(
                        List.of(new PendingTask("gcam"), new PendingTask("gcam")),
                        Map.of("demeter", 2, "postprocess", 1, "gcam", 1));
        assertThat(decision.hasChanges()).isFalse();
        assertThat(decision.reasoning()).contains("gcam: 2 tasks for 1 workers; no maximum");
    }

    @Test
    void everyDecisionIsInTheHistory() {
        ScaleDecision first = evaluate(3, 10);
        ScaleDecision second = evaluate(50, 10);
        assertThat(scaler.decisionHistory()).containsExactly(first, second);
    }

    @Test
    void contradictingSettingsAreRefused() {
        var lower = AdaptiveScaler.builder().scaleUpThreshold(0.1);
        assertThatThrownBy(lower::build).hasMessageContaining("0 <= down <= up");
        var bounds = AdaptiveScaler.builder().minWorkers(Map.of("a", 5)).maxWorkers(Map.of("a", 2));
        assertThatThrownBy(bounds::build).hasMessageContaining("5..2");
    }

    private ScaleDecision evaluate(int pending, int active) {
        return scaler.evaluate(pending(pending), active(active));
    }

    private static List<PendingTask> pending(int count) {
        return Collections.nCopies(count, new PendingTask("demeter"));
    }

    private static Map<String, Integer> active(int workers) {
        return Map.of("demeter", workers, "postprocess", 1);
    }
}
