package io.scalable.cli;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.FailedAttemptView;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskExplanationTest {

    private final DeploymentView run =
            DeploymentView.living(aDeployment().id("words").pool("text", 2).build());

    private final DeploymentCondition condition =
            new DeploymentCondition(
                    new ScalePlan(
                            "words",
                            3,
                            List.of(new PoolPlan("text", 2, "9 ready", "max_workers")),
                            1,
                            null,
                            null,
                            null,
                            START),
                    List.of(),
                    List.of(),
                    List.of("local"));

    @Test
    void aBlockedTaskNamesWhatItWaitsFor() {
        List<TaskHistory> all =
                List.of(
                        task("words/count/0", TaskState.SUCCEEDED, null),
                        task("words/count/1", TaskState.RUNNING, null),
                        task("words/total/0", TaskState.BLOCKED, null));

        assertThat(why(all, 2, "words/count/*", "words/none/0"))
                .containsExactly(
                        "It waits for 1 of the 2 tasks of count/*: count/1 (running).",
                        "It waits for none/0, which nobody has submitted.");
    }

    @Test
    void aQueuedTaskNamesTheWorkersThatItsPoolHasAndWhatBindsThem() {
        List<TaskHistory> all =
                List.of(
                        task("words/count/0", TaskState.RUNNING, null),
                        task("words/count/1", TaskState.QUEUED, null));

        assertThat(why(all, 1))
                .anySatisfy(line -> assertThat(line).contains("1 tasks of the pool wait, 1 run"))
                .contains(
                        "Its provider host 'standalone' lives.",
                        "2 workers wanted since " + START + ": 9 ready (bound by max_workers).");
    }

    @Test
    void aTaskThatEndedNamesItsReasonAndItsFailedAttempts() {
        List<TaskHistory> all = List.of(task("words/count/0", TaskState.FAILED, "exit 3"));
        var failure = new Failure(FailureClass.USER_ERROR, "exit", "exit 3", null);

        assertThat(
                        new TaskExplanation(run, all, null)
                                .of(
                                        all.getFirst(),
                                        List.of(),
                                        List.of(
                                                new FailedAttemptView(
                                                        "words/count/0",
                                                        1,
                                                        "w1",
                                                        failure,
                                                        true,
                                                        START))))
                .containsExactly(
                        "It ended failed: exit 3.", "Failed: attempt 1 on w1: USER_ERROR: exit 3.");
    }

    private List<String> why(List<TaskHistory> all, int which, String... needs) {
        return new TaskExplanation(run, all, condition)
                .of(all.get(which), List.of(needs), List.of());
    }

    private static TaskHistory task(String id, TaskState state, @Nullable String reason) {
        return new TaskHistory(
                "words",
                id,
                id.split("/")[1],
                "text",
                state,
                1,
                "w1",
                START,
                START,
                null,
                null,
                reason);
    }
}
