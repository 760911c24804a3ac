package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on is looked at, followed and cancelled by commands of their own. */
@Timeout(180)
class LookingIT {

    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 1, processes: true}
            components:
              shell: {cpus: 1, memory: 256M}
            tasks:
              slow: {component: shell, command: [sh, -c, 'echo begun; echo oh >&2; touch there; sleep 600']}
              next: {component: shell, command: [cat], needs: slow}
            """;

    @TempDir Path folder;

    @Test
    void aRunThatGoesOnIsLookedAtFollowedAndCancelled() throws Exception {
        try (var run = RunningCommand.run(folder, MANIFEST)) {
            run.awaitFile("there");

            String id = said("deployments", "list", "--format", "quiet").strip();
            assertThat(id).isEqualTo(run.folder().info().id());
            assertThat(said("tasks", "list"))
                    .containsPattern("slow/0 +shell +running +\\d")
                    .containsPattern("next/0 +shell +blocked");
            assertThat(said("why", "next"))
                    .contains("It waits for 1 of the 1 tasks of slow/*: slow/0 (running).");
            assertThat(said("why", "shell"))
                    .contains("0 -> 1 workers", "Its provider host 'standalone' lives.");
            String worker = said("workers", "list", "--format", "quiet").strip();
            assertThat(worker).startsWith(id + "-shell-");
            assertThat(said("logs", worker)).isNotBlank();

            try (var follower =
                    RunningCommand.start(folder, "logs", "-f", "slow", "--runs-dir", "runs")) {
                follower.awaitOutput("begun");
                assertThat(said("cancel", id)).contains("asked to cancel " + id);
                assertThat(run.exitStatus()).isEqualTo(1);
                assertThat(follower.exitStatus()).isZero();
                assertThat(follower.output()).contains("begun", "oh");
            }
            assertThat(run.folder().info().state()).isEqualTo(RunState.CANCELLED);
            assertThat(said("tasks", "list", "--state", "cancelled", "--format", "quiet"))
                    .contains(id + "/slow/0");
            assertThat(said("runs", "list", "--state", "cancelled", "--format", "json"))
                    .contains("\"id\":\"" + id + "\"");
        }
    }

    private String said(String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--runs-dir", "runs"));
        try (var command = RunningCommand.start(folder, all.toArray(String[]::new))) {
            assertThat(command.exitStatus()).as(command.output()).isZero();
            return command.output();
        }
    }
}
