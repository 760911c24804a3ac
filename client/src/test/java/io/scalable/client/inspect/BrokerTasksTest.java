package io.scalable.client.inspect;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerTasksTest {

    private final BrokerTasks tasks =
            new BrokerTasks(aDeployment().id("words").pool("text", 2).build());

    @Test
    void whatWasSubmittedWaitsUntilTheDispatcherSaysOtherwise() {
        tasks.take(submit("words", "words/count/0"));
        tasks.take(submit("words", "words/total/0", "words/count/*"));
        tasks.take(new TaskQueued("words", "words/count/0", "count", "text", 1, START));
        tasks.take(new TaskStarted("words", "words/count/0", "count", "text", 1, "w1", START));

        assertThat(tasks.tasks())
                .extracting(TaskHistory::taskId, TaskHistory::state)
                .containsExactly(
                        tuple("words/count/0", TaskState.RUNNING),
                        tuple("words/total/0", TaskState.BLOCKED));
        assertThat(tasks.needs("words/total/0")).containsExactly("words/count/*");
    }

    @Test
    void anotherDeploymentsTasksArePassedOver() {
        tasks.take(submit("others", "others/count/0"));

        assertThat(tasks.tasks()).isEmpty();
        assertThat(tasks.needs("others/count/0")).isEmpty();
    }

    @Test
    void aFailedAttemptCountsOnceHoweverOftenItIsTold() {
        var failure = new Failure(FailureClass.USER_ERROR, "exit", "exit 3", null);
        var retried =
                new TaskRetried(
                        "words", "words/count/0", "count", "text", 1, "w1", failure, true, START);
        tasks.take(retried);
        tasks.take(retried);

        assertThat(tasks.failures())
                .containsExactly(
                        new FailedAttemptView("words/count/0", 1, "w1", failure, false, START));
    }

    private static SubmitTask submit(String deployment, String id, String... needs) {
        return new SubmitTask(
                deployment,
                id,
                id.split("/")[1],
                "text",
                0,
                new Work.Handler("a.B::c"),
                Payload.none(),
                List.of(needs),
                0,
                0,
                null,
                null);
    }
}
