package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CompletionsTest {

    private final TaskFuture<Integer> first = future("d/fit/0");
    private final TaskFuture<Integer> second = future("d/fit/1");
    private final TaskFuture<Integer> third = future("d/fit/2");

    @Test
    void aFailureIsKeptBesideTheOthersResults() throws InterruptedException {
        var why = new IllegalStateException("boom");
        first.result().complete(1);
        second.result().completeExceptionally(why);
        third.result().completeExceptionally(new CancellationException("cancelled"));

        List<TaskOutcome<Integer>> outcomes = Completions.outcomes(List.of(first, second, third));

        assertThat(outcomes.getFirst()).isEqualTo(new TaskOutcome.Succeeded<>(1));
        assertThat(outcomes.get(1)).isEqualTo(new TaskOutcome.Failed<Integer>(why));
        assertThat(outcomes).extracting(TaskOutcome::succeeded).containsExactly(true, false, false);
        assertThat(outcomes.getLast())
                .satisfies(
                        last ->
                                assertThat(((TaskOutcome.Failed<Integer>) last).why())
                                        .isInstanceOf(CancellationException.class));
    }

    @Test
    void tasksComeInTheOrderInWhichTheyEnd() {
        var tasks = Completions.inOrder(List.of(first, second, third));
        third.result().complete(3);
        first.result().complete(1);
        Thread.ofVirtual().start(() -> second.result().complete(2));

        assertThat(tasks.map(TaskFuture::taskId).collect(Collectors.toList()))
                .containsExactly("d/fit/2", "d/fit/0", "d/fit/1");
    }

    @Test
    void whoeverWaitsCanBeInterrupted() {
        var tasks = Completions.inOrder(List.of(first));
        Thread.currentThread().interrupt();

        assertThatThrownBy(tasks::toList).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static TaskFuture<Integer> future(String id) {
        return new TaskFuture<>(id, "fit", () -> {}, () -> {});
    }
}
