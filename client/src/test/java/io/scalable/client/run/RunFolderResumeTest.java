package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderResumeTest {

    @TempDir Path runs;

    @Test
    void aRunIsDrivenByOneAtATime() throws IOException {
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            folder.writeInfo(RunInfo.started(Samples.deployment(), "here"));
            assertThat(RunFolder.open(folder.path()).isDriven()).isTrue();
            assertThatThrownBy(() -> RunFolder.resume(folder.path()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("goes on in another process");
        }

        assertThat(RunFolder.open(runs.resolve(Samples.RUN)).isDriven()).isFalse();
        try (RunFolder again = RunFolder.resume(runs.resolve(Samples.RUN))) {
            assertThat(again.isDriven()).isTrue();
        }
    }

    @Test
    void aRunThatHasEndedIsNotResumed() throws IOException {
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            RunInfo info = RunInfo.started(Samples.deployment(), "here");
            folder.writeInfo(info.ended(Instant.EPOCH, RunState.SUCCEEDED, null));
        }

        assertThatThrownBy(() -> RunFolder.resume(runs.resolve(Samples.RUN)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has ended (SUCCEEDED)");
        assertThat(RunFolder.open(runs.resolve(Samples.RUN)).isDriven()).isFalse();
    }

    @Test
    void resumingTakesNothingAwayButALineThatWasCutOff() throws IOException {
        SubmitTask task = Samples.task(Samples.RUN, "forecast", 0);
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            folder.writeInfo(RunInfo.started(Samples.deployment(), "here"));
            folder.decisions().append(Samples.plan(1, 0));
            folder.workers().append(Samples.requested("forecast", "w"));
            folder.tasks().append(record(task, TaskState.SUCCEEDED));
        }
        Path folder = runs.resolve(Samples.RUN);
        // Cut inside of a letter that takes two bytes.
        byte[] cut = "{\"taskId\":\"Z\u00fcrich".getBytes(StandardCharsets.UTF_8);
        Files.write(
                folder.resolve("tasks.jsonl"), Arrays.copyOf(cut, 13), StandardOpenOption.APPEND);
        Files.writeString(
                folder.resolve("decisions.jsonl"), "{\"deploymentI", StandardOpenOption.APPEND);
        assertThat(RunFolder.open(folder).tasks().read()).hasSize(1);

        try (RunFolder again = RunFolder.resume(folder)) {
            again.decisions().append(Samples.plan(2, 1));
            again.flush();

            assertThat(again.decisions().read()).hasSize(2);
            assertThat(again.workers().read()).hasSize(1);
            assertThat(again.tasks().read()).hasSize(1);
        }
    }

    @Test
    void anotherLifeKeepsWhatSucceededUnderTheIdsOfItsDeployment() throws IOException {
        SubmitTask good = Samples.task(Samples.RUN, "forecast", 0);
        SubmitTask bad = Samples.task(Samples.RUN, "forecast", 1);
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            folder.writeDeployment(Samples.deployment());
            RunInfo info = RunInfo.started(Samples.deployment(), "here");
            folder.writeInfo(info.ended(Samples.START.plusSeconds(10), RunState.FAILED, null));
            folder.tasks().append(record(good, TaskState.SUCCEEDED));
            folder.tasks().append(record(bad, TaskState.FAILED));
            FailureRecord.of(Samples.ended(bad, TaskState.FAILED, 1), URI.create("file:/x"))
                    .forEach(folder.failures()::append);
        }
        DeploymentSpec next =
                Samples.deployment("20260201-000000-other", runs.resolve("storage").toUri());

        try (RunFolder folder = RunFolder.resume(runs.resolve(Samples.RUN))) {
            RunRecord unused = NextLife.begin(folder, next, "there", false);

            assertThat(folder.tasks().read())
                    .singleElement()
                    .satisfies(t -> assertThat(t.taskId()).isEqualTo(id(next, good)));
            assertThat(folder.failures().read())
                    .singleElement()
                    .satisfies(f -> assertThat(f.taskId()).isEqualTo(id(next, bad)))
                    .satisfies(f -> assertThat(f.gaveUp()).isFalse());
            RunInfo info = folder.info();
            assertThat(info.id()).isEqualTo(Samples.RUN);
            assertThat(info.state()).isEqualTo(RunState.RUNNING);
            assertThat(info.deploymentId()).isEqualTo(next.deploymentId());
            assertThat(new Runs(runs).ofDeployment(next.deploymentId())).isPresent();

            RunInfo ended = info.ended(next.createdAt().plusSeconds(5), RunState.SUCCEEDED, null);
            assertThat(ended.seconds()).as("the pause does not count").isEqualTo(15);
        }
    }

    @Test
    void anEndBeforeTheBeginningIsNone() {
        RunInfo info = RunInfo.started(Samples.deployment(), "here");

        assertThat(info.ended(Samples.START.minusSeconds(60), RunState.SUCCEEDED, null).seconds())
                .isZero();
    }

    private static String id(DeploymentSpec spec, SubmitTask task) {
        return spec.deploymentId() + "/" + task.task() + "/" + task.index();
    }

    private static TaskRecord record(SubmitTask task, TaskState state) {
        return TaskRecord.of(Samples.ended(task, state, 1), List.of());
    }

    @Test
    void howToReachTheBrokerIsForTheOwnersEyes() throws IOException {
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            var broker = new RunBroker(Map.of("bootstrap.servers", "here:1"), runs);
            folder.writeBroker(broker);

            assertThat(folder.broker()).hasValue(broker);
            assertThat(Files.getPosixFilePermissions(folder.file("broker.json")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            folder.forgetBroker();
            assertThat(folder.broker()).isEmpty();
        }
    }
}
