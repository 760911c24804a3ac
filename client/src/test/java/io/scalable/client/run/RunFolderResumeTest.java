package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
    void whatTheTopicsTellAgainIsLeftOutAndTheRestIsMended() throws IOException {
        try (RunFolder folder = RunFolder.create(runs, Samples.RUN)) {
            folder.writeInfo(RunInfo.started(Samples.deployment(), "here"));
            folder.decisions().append(Samples.plan(1, 0));
        }
        Path folder = runs.resolve(Samples.RUN);
        Files.writeString(folder.resolve("workers.jsonl"), "{\"torn");
        Files.writeString(
                folder.resolve("decisions.jsonl"), "{\"deploymentI", StandardOpenOption.APPEND);

        try (RunFolder again = RunFolder.resume(folder)) {
            again.decisions().append(Samples.plan(2, 1));
            again.flush();

            assertThat(again.decisions().read()).hasSize(2);
            assertThat(again.workers().read()).isEmpty();
        }
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
