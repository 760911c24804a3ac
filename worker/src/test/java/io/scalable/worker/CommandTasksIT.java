package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static io.scalable.worker.Leases.input;
import static io.scalable.worker.Leases.json;
import static io.scalable.worker.Leases.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTasksIT {

    @TempDir Path folder;
    private CommandTasks commands;

    @BeforeEach
    void open() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        var config =
                new WorkerConfig(
                        Leases.DEPLOYMENT,
                        "forecast",
                        Leases.WORKER,
                        1,
                        0,
                        Map.of(),
                        folder.resolve("storage").toUri(),
                        folder,
                        List.of(),
                        Map.of("REGION", "iowa"),
                        null);
        var memoryKills = new OutOfMemoryKills(List.of(folder.resolve("memory.events")));
        commands = new CommandTasks(config, TaskLogs.at(config.storage()), memoryKills, spawn());
    }

    /** How commands are started. */
    Supplier<Optional<PosixSpawn>> spawn() {
        return Optional::empty;
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void theOutputIsTheResultAndIsKept() throws Exception {
        assertThat(run("echo", "{\"a\": 1}")).isEqualTo(json("{\"a\":1}"));

        assertThat(folder.resolve("storage/logs/t/3-1.out")).hasContent("{\"a\": 1}");
        assertThat(folder.resolve("storage/logs/t/3-1.err")).doesNotExist();
    }

    @Test
    void aTextFileThatNamesNoInterpreterIsRunByTheShell() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "echo by the shell: $1");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(run("./script", "yes").asText()).isEqualTo("by the shell: yes");
    }

    @Test
    void aCommandHasNoFileOpenAndNoSignalBlocked() throws Exception {
        // The shell lists its own files, by a fourth one: a pipe's ends would be open for a moment.
        String files = "cd /proc/$$/fd && echo *; grep SigBlk /proc/$$/status | cut -f2";

        assertThat(run("sh", "-c", files).asText()).matches("0 1 2 3\\s+0+");
    }

    @Test
    void anArgumentWithANullCharacterIsRefusedAndNotCut() {
        assertThatThrownBy(() -> run("echo", "a\0b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("invalid null character");
    }

    @Test
    void aCommandLeadsAProcessGroupOfItsOwn() throws Exception {
        assertThat(run("sh", "-c", "test $(ps -o pgid= -p $$) = $$ && echo yes").asText())
                .isEqualTo("yes");
    }

    @Test
    void noShellTouchesTheArguments() throws Exception {
        assertThat(run("echo", "$HOME; `id` *").asText()).isEqualTo("$HOME; `id` *");
    }

    @Test
    void theInputIsOneJsonObjectOnStandardInput() throws Exception {
        assertThat(run("cat"))
                .isEqualTo(json("{\"item\":{\"x\":1},\"index\":0,\"needs\":{\"fit\":[1,2]}}"));
    }

    @Test
    void commandsRunInTheManifestsFolderWithTheirEnvironment() throws Exception {
        String vars = "$REGION $SCALABLE_TASK_ID $SCALABLE_ATTEMPT $SCALABLE_DEPLOYMENT";

        assertThat(run("sh", "-c", "echo $(pwd -P) " + vars).asText())
                .isEqualTo(folder.toRealPath() + " iowa d1/t/3 1 d1");
    }

    @Test
    void anExitStatusIsTheUsersErrorWithTheLastLinesOfStandardError() {
        Failure failure = failure("sh", "-c", "echo first >&2; echo no data >&2; exit 3");

        assertThat(failure.type()).isEqualTo("exit 3");
        assertThat(failure.message()).isEqualTo("sh ended with exit 3: no data");
        assertThat(failure.stack()).isEqualTo("first\nno data");
        assertThat(folder.resolve("storage/logs/t/3-1.err")).exists();
    }

    @Test
    void aSignalIsNamedWithWhatItOftenMeans() {
        Failure failure = failure("sh", "-c", "kill -9 $$");

        assertThat(failure.type()).isEqualTo("signal 9");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.USER_ERROR);
        assertThat(failure.message())
                .startsWith("sh was ended by signal 9")
                .contains("often the system's, for lack of memory");
        assertThat(failure("sh", "-c", "kill -15 $$").message())
                .isEqualTo("sh was ended by signal 15");
    }

    @Test
    void aKillThatTheSystemCountsIsOutOfMemory() throws Exception {
        Files.writeString(folder.resolve("memory.events"), "max 7\noom_kill 3\n");
        assertThat(failure("sh", "-c", "kill -9 $$").failureClass())
                .as("the count did not rise")
                .isEqualTo(FailureClass.USER_ERROR);

        Failure failure = failure("sh", "-c", "echo 'oom_kill 4' > memory.events; exec kill -9 $$");

        assertThat(failure.failureClass()).isEqualTo(FailureClass.OUT_OF_MEMORY);
        assertThat(failure.message()).contains("the system killed it for lack of memory");
    }

    @Test
    void aKillForLackOfTheMachinesMemoryIsNotTheTasksFault() throws Exception {
        Files.writeString(folder.resolve("memory.events"), "oom 0\noom_kill 0\n");

        Failure failure =
                failure("sh", "-c", "printf 'oom 0\\noom_kill 1\\n' > memory.events; kill -9 $$");

        assertThat(failure.failureClass()).isEqualTo(FailureClass.NODE_FAILURE);
        Failure own =
                failure("sh", "-c", "printf 'oom 1\\noom_kill 2\\n' > memory.events; kill -9 $$");
        assertThat(own.failureClass()).isEqualTo(FailureClass.OUT_OF_MEMORY);
    }

    @Test
    void aMissingProgramIsNamedWithThePath() {
        Failure failure = failure("no-such-program");

        assertThat(failure.type()).isEqualTo("program not found");
        assertThat(failure.message())
                .contains("'no-such-program' on PATH (" + System.getenv("PATH") + ")");
    }

    @Test
    void aScriptThatIsNotExecutableIsExplained() throws Exception {
        Files.writeString(folder.resolve("run.sh"), "echo hi");

        assertThat(failure("./run.sh").message()).contains("chmod +x");
        assertThat(failure("./gone.sh").message()).contains("does not exist");
    }

    @Test
    void theResultFileHoldsTheResult() throws Exception {
        var work =
                new Work.Command(
                        List.of("sh", "-c", "echo noise; echo '[1,2]' > $SCALABLE_RESULT_FILE"),
                        "out.json");

        assertThat(run(attempt(lease("t", 3, 1, work)))).isEqualTo(json("[1,2]"));
    }

    @Test
    void aResultFileOfAnEarlierAttemptIsNoResult() throws Exception {
        Files.writeString(folder.resolve("out.json"), "1");
        var attempt = attempt(lease("t", 3, 1, new Work.Command(List.of("true"), "out.json")));

        assertThat(catchThrowableOfType(TaskFault.class, () -> run(attempt)).failure().message())
                .contains("out.json is missing");
    }

    @Test
    void numbersReachTheCommandAsTheyAreWritten() throws Exception {
        String numbers = "[1.10,1e400,0.1234567891011121314151617,98765432109876543210]";
        var work = new Work.Command(List.of("cat"), null);

        assertThat(commands.run(work, input(numbers, "{}"), attempt(lease("t", 3, 1, work))))
                .hasToString("{\"item\":" + numbers + ",\"index\":0,\"needs\":{}}");
    }

    @Test
    void argumentsBeyondTheSystemsLimitsAreNamed() {
        assertThat(failure("echo", "x".repeat(140_000)).message())
                .startsWith("argument 1 has 140000 bytes, more than the 131071");
        var many = new ArrayList<>(Collections.nCopies(70, "x".repeat(100_000)));
        many.addFirst("echo");
        assertThat(failure(many.toArray(String[]::new)).message())
                .contains("/echo' have", "bytes together, more than the");
    }

    @Test
    void anInterpreterThatIsMissingIsNamed() throws Exception {
        script("lost.sh", "#!/no/such/interpreter\necho hi\n");
        script("windows.sh", "#!/bin/sh\r\necho hi\r\n");

        assertThat(failure("./lost.sh").message()).contains("'/no/such/interpreter'");
        assertThat(failure("./windows.sh").message())
                .contains("'/bin/sh' followed by a carriage return");
    }

    @Test
    void nulAndHalvesOfCharactersAreNoPartOfAFailure() {
        Failure failure = failure("sh", "-c", "printf 'a\\000b' >&2; exit 1");

        assertThat(failure.message()).endsWith("a\uFFFDb");
        assertThat(failure.stack()).isEqualTo("a\uFFFDb");
    }

    private void script(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aResultFileThatWasNotWrittenIsAFailure() {
        var attempt = attempt(lease("t", 3, 1, new Work.Command(List.of("true"), "out.json")));

        assertThat(catchThrowableOfType(TaskFault.class, () -> run(attempt)).failure().message())
                .contains("out.json is missing");
    }

    @Test
    void anInterruptKillsGrandchildrenToo() throws Exception {
        long grandchild = startGrandchild("wait", false);

        awaitGone(grandchild);
    }

    @Test
    void whoIgnoresTheSignalToEndIsKilled() throws Exception {
        long grandchild = startGrandchild("trap '' TERM; wait; wait", true);

        awaitGone(grandchild);
    }

    @Test
    void whatACommandLeavesBehindEndsWithIt() throws Exception {
        assertThat(run("sh", "-c", "sleep 300 & echo $! > pid").asText()).isEmpty();

        awaitGone(pid("pid"));
    }

    @Test
    void closingKillsWhatRuns() throws Exception {
        var ran =
                CompletableFuture.supplyAsync(
                        () -> failure("sh", "-c", "sleep 300 & echo $! > pid; wait"));
        long child = pid("pid");

        commands.close();

        awaitGone(child);
        assertThat(ran.get().type()).isEqualTo("signal 9");
    }

    /** Runs a command with a grandchild, interrupts it and returns when it has ended. */
    private long startGrandchild(String then, boolean ignoring)
            throws InterruptedException, ExecutionException {
        String child = ignoring ? "(trap '' TERM; exec sleep 300)" : "sleep 300";
        var work =
                new Work.Command(
                        List.of(
                                "sh",
                                "-c",
                                "sh -c \"" + child + " & echo \\$! > pid; wait\" & " + then),
                        null);
        var attempt = attempt(lease("t", 3, 1, work));
        var thrown =
                CompletableFuture.supplyAsync(
                        () -> {
                            assertThat(attempt.begin()).isTrue();
                            return catchThrowableOfType(
                                    InterruptedException.class, () -> run(attempt));
                        });
        long pid = pid("pid");
        attempt.stop(StopCause.TIMED_OUT);
        assertThat(thrown.get()).isNotNull();
        return pid;
    }

    private long pid(String file) {
        Path path = folder.resolve(file);
        await().until(() -> Files.exists(path) && Files.size(path) > 1);
        return Processes.read(path);
    }

    private static void awaitGone(long pid) {
        await().until(() -> !Processes.alive(pid));
    }

    private JsonNode run(String... argv) throws Exception {
        return run(attempt(lease("t", 3, 1, new Work.Command(List.of(argv), null))));
    }

    private JsonNode run(Attempt attempt) throws Exception {
        Work.Command work = (Work.Command) attempt.lease().work();
        return commands.run(work, input("{\"x\":1}", "{\"fit\":[1,2]}"), attempt);
    }

    private @Nullable Failure failure(String... argv) {
        return catchThrowableOfType(TaskFault.class, () -> run(argv)).failure();
    }
}
