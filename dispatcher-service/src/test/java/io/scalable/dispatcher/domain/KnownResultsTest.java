package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskCommand.KnownResult;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.Samples;
import org.junit.jupiter.api.Test;

class KnownResultsTest {

    private static final String ALL_FITS = Scenario.ID + "/fit/*";

    @Test
    void aTaskWhoseResultIsKnownIsNotRunAndItsChildrenGetTheResult() {
        var s = aDeployment(group("fit", 2), group("sum", 1, "fit")).workerReady("w1");
        s.submit("sum", 0, ALL_FITS).ask(known(0)).submit("fit", 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(s.lastLease().taskId()).isEqualTo(id("fit", 1));

        s.finish("w1", "fit", 1, 1);

        assertThat(s.lastLease().parents().getFirst().results())
                .extracting(p -> p.value().asText())
                .containsExactly("known of fit 0", "result of fit 1");
    }

    @Test
    void itsEventAndResultSayWhoRanItAndHowOften() {
        var s = aDeployment(group("fit", 1)).ask(known(0));

        assertThat(s.events)
                .last()
                .isInstanceOfSatisfying(
                        TaskSucceeded.class,
                        event -> {
                            assertThat(event.attempt()).isEqualTo(3);
                            assertThat(event.workerId()).isEqualTo("w-before");
                        });
        assertThat(s.results.getLast().attempts()).isEqualTo(3);
        assertThat(s.results.getLast().durationSeconds()).isEqualTo(1.5);
    }

    @Test
    void itIsNoWorkOfThisLife() {
        var s = aDeployment(group("fit", 1)).ask(known(0)).tick();

        assertThat(s.demand.getLast().tasksDone()).isEmpty();
        assertThat(s.demand.getLast().pools().getFirst().completedSeconds()).isEmpty();
    }

    @Test
    void itMayComeBeforeItsDeployment() {
        var s = Scenario.undeclared().ask(known(0)).declare(group("fit", 1));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
    }

    private static SubmitTask known(int index) {
        var result = Payload.of(TextNode.valueOf("known of fit " + index));
        return Samples.task(Scenario.ID, "fit", index)
                .withKnown(new KnownResult(result, 3, "w-before", 1.5));
    }
}
