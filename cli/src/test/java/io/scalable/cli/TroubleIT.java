package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside of a task's own code, and what the user is told. */
@Timeout(120)
class TroubleIT {

    @TempDir Path folder;

    @Test
    void aHandlerThatIsNotOnTheClassPathIsNamedWithThePath() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  local: {provider: local}
                components:
                  java: {cpus: 1, memory: 256M, classpath: ['%s']}
                tasks:
                  lost: {component: java, handler: 'no.such.Place::run'}
                """
                        .formatted(folder);
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .contains("there is no class no.such.Place")
                    .contains(folder.toString())
                    .contains("'classpath'");
        }
    }

    @Test
    void workersThatCannotStartEndTheRunWithTheirLastWords() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  local: {provider: local, processes: true}
                components:
                  java: {cpus: 1, memory: 256M, env: {JAVA_TOOL_OPTIONS: '-XX:NoSuchOption'}}
                tasks:
                  never: {component: java, command: [echo, hello]}
                """;
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("workers do not start").contains("NoSuchOption");
            run.awaitNothingLeft();
        }
    }

    @Test
    void aBadManifestIsRefusedWithEveryProblemAndItsPlace() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 1.5}
                components:
                  java: {cpus: 1, memory: lots}
                tasks:
                  a: {component: jawa, command: [echo]}
                """;
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .containsPattern("E_BAD_MAX_WORKERS \\S*scalable.yaml:3:41 ")
                    .containsPattern("E_BAD_MEMORY \\S*scalable.yaml:5:27 ")
                    .containsPattern("E_UNKNOWN_COMPONENT \\S*scalable.yaml:7:18 ");
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }
}
