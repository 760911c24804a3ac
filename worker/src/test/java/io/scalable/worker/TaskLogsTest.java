package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Limits;
import io.scalable.contracts.Work;
import io.scalable.contracts.storage.Storages;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs where the storage is no folder. */
class TaskLogsTest {

    private static final URI BASE = URI.create("mem://x/runs/r1/");

    private final MemoryStorage memory = new MemoryStorage();
    private final TaskLogs logs = new TaskLogs(BASE, Storages.among(List.of(memory)));

    @TempDir Path folder;

    @Test
    void whatIsPrintedIsStoredWhenTheAttemptEnds() throws Exception {
        Path out;
        try (AttemptLogs kept = attempt()) {
            out = kept.out();
            Files.writeString(out, "hello");
        }

        assertThat(memory.objects).containsOnlyKeys(BASE.resolve("logs/fit/3-2.out"));
        assertThat(memory.objects.values()).containsExactly("hello".getBytes());
        assertThat(out.getParent()).doesNotExist();
    }

    @Test
    void aStoppedAttemptsLogsAreStoredToo() throws Exception {
        AttemptLogs kept = attempt();
        Files.writeString(kept.err(), "stopped");
        Thread.currentThread().interrupt();

        kept.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(memory.objects).containsOnlyKeys(BASE.resolve("logs/fit/3-2.err"));
    }

    @Test
    void logsThatCannotBeStoredAreNoErrorAndLeaveNothingBehind() throws Exception {
        var nowhere = new TaskLogs(BASE, Storages.among(List.of()));
        AttemptLogs kept = nowhere.of(Leases.lease("fit", 3, 2, new Work.Handler("a.B::c")));
        Files.writeString(kept.out(), "hello");

        kept.close();

        assertThat(kept.out().getParent()).doesNotExist();
    }

    @Test
    void ofAVeryLongLogBeginningAndEndAreKept() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "begin" + "x".repeat(1_000) + "ended");

        new BoundedLog(file, 10).finish();

        assertThat(file)
                .hasContent("begin\n[scalable: 1000 bytes left out; a log keeps 10 bytes]\nended");
        assertThat(folder.toFile().list()).as("nothing else is left").hasSize(1);
    }

    @Test
    void aLogThatGrowsForEverStaysSmallWhileItGrows() throws Exception {
        Path file = folder.resolve("log");
        var log = new BoundedLog(file, 10);
        try (var task = new FileOutputStream(file.toFile(), true)) {
            task.write("begin".getBytes());
            for (int i = 0; i < 1_000; i++) {
                task.write("%010d".formatted(i).getBytes());
                log.hold();
                assertThat(Files.size(file)).isLessThanOrEqualTo(20);
            }
            assertThat(log.printed()).isEqualTo(10_005);
            task.write("ended".getBytes());
        }

        log.finish();

        assertThat(file)
                .hasContent("begin\n[scalable: 10000 bytes left out; a log keeps 10 bytes]\nended");
    }

    @Test
    void theLogsOfRunningAttemptsAreHeldTogether() throws Exception {
        AttemptLogs kept = attempt();
        try (var task = new RandomAccessFile(kept.err().toFile(), "rw")) {
            task.setLength(2L * Limits.LOG_BYTES + 1);
        }

        logs.hold();

        assertThat(Files.size(kept.err())).isEqualTo(Limits.LOG_BYTES);
        kept.close();
        logs.hold();
        assertThat(kept.err().getParent()).doesNotExist();
    }

    @Test
    void aLogOfAnEarlierLifeIsNotTakenForThisOnes() throws Exception {
        Path older = folder.resolve("logs/fit/3-2.err");
        Files.createDirectories(older.getParent());
        Files.writeString(older, "long ago");

        new TaskLogs(folder.toUri(), Storages.among(List.of()))
                .of(Leases.lease("fit", 3, 2, new Work.Handler("a.B::c")))
                .close();

        assertThat(older).doesNotExist();
    }

    private AttemptLogs attempt() {
        return logs.of(Leases.lease("fit", 3, 2, new Work.Handler("a.B::c")));
    }
}
