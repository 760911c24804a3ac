package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.Ids;
import io.scalable.contracts.Limits;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSizesTest {

    @Test
    void aTaskMayNeedFortyThousandOthersByTheirIds() {
        assertThatCode(() -> TaskSizes.check(needing(40_000))).doesNotThrowAnyException();
    }

    @Test
    void aTaskThatFitsNoRecordIsNamedWithItsSizeAndTheLimit() {
        assertThatThrownBy(() -> TaskSizes.check(needing(120_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task " + Samples.RUN + "/total/0 cannot be submitted")
                .hasMessageContaining("120000 needs")
                .hasMessageContaining("may have " + Limits.TASK_RECORD_BYTES);
    }

    private static SubmitTask needing(int parents) {
        SubmitTask task = Samples.task(Samples.RUN, "total", 0);
        List<String> needs =
                IntStream.range(0, parents)
                        .mapToObj(i -> Ids.taskId(Samples.RUN, "forecast", i))
                        .toList();
        return new SubmitTask(
                task.deploymentId(),
                task.taskId(),
                task.task(),
                task.tag(),
                0,
                task.work(),
                task.input(),
                needs,
                0,
                0,
                null,
                null);
    }
}
