package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.client.SampleTasks.Answer;
import io.scalable.client.SampleTasks.Item;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskHintsTest {

    private static final TaskFunction<Item, Answer> FUNCTION = SampleTasks::answer;
    private final TaskMethod method = TaskMethod.of(FUNCTION);

    @Test
    void aHandlerOfTheManifestLendsItsNameTagAndExpectation() {
        var hints = new TaskHints(List.of(manifestTask(method.handler())));

        assertThat(hints.name(method)).isEqualTo("simulate");
        assertThat(hints.tag(method, null)).isEqualTo("forecast");
        assertThat(hints.tag(method, "other")).isEqualTo("other");
        assertThat(hints.expectSeconds(method)).isEqualTo(2.5);
    }

    @Test
    void anotherTaskNeedsATag() {
        var hints = new TaskHints(List.of(manifestTask("energy.Forecast::fit")));

        assertThat(hints.name(method)).isEqualTo("SampleTasks.answer");
        assertThat(hints.expectSeconds(method)).isNull();
        assertThatThrownBy(() -> hints.tag(method, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("say which component runs it, with tag(");
    }

    private static SubmitTask manifestTask(String handler) {
        return new SubmitTask(
                "run",
                "run/simulate/0",
                "simulate",
                "forecast",
                0,
                new Work.Handler(handler),
                null,
                null,
                0,
                0,
                null,
                2.5);
    }
}
