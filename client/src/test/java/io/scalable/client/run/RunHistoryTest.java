package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskState;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.DurationEstimate.Source;
import io.scalable.planning.estimate.WorkEstimator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {

    @TempDir Path folder;

    @Test
    void aRunTeachesHowLongItsTasksTook() throws IOException {
        DeploymentSpec spec = Samples.deployment();
        String task = "forecast";
        assertThat(known(spec, Set.of()).samples()).isZero();
        try (RunFolder run = RunFolder.create(folder, Samples.RUN)) {
            run.writeInfo(RunInfo.started(spec, "nowhere:1"));
            for (int i = 0; i < 20; i++) {
                var submitted = Samples.task(Samples.RUN, task, i);
                run.tasks().append(TaskRecord.of(Samples.ended(submitted, TaskState.SUCCEEDED, 3)));
            }
        }

        DurationEstimate learned = known(spec, Set.of());
        assertThat(learned.source()).isEqualTo(Source.OBSERVED);
        assertThat(learned.samples()).isEqualTo(20);
        assertThat(learned.p50()).isEqualTo(3);
        assertThat(known(spec, Set.of(task)).samples()).isZero();
    }

    private DurationEstimate known(DeploymentSpec spec, Set<String> except) throws IOException {
        DeploymentSpec informed = new RunHistory(new Runs(folder)).inform(spec, except);
        return new WorkEstimator(informed).duration("forecast", "x");
    }
}
