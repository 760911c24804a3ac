package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    private static final RunOwner ELSEWHERE = new RunOwner("login9", 12, "2026-01-01T00:00:00Z");

    @TempDir Path folder;

    @Test
    void anotherMachinesFreshOwnerHasTheLockThoughTheFileSystemDoesNotSaySo() throws IOException {
        Files.createFile(lock());
        ELSEWHERE.write(owner());

        assertThat(RunLock.holder(lock()))
                .get()
                .asString()
                .contains("process 12 on login9", "heard of", "try again in");
        assertThatThrownBy(() -> RunLock.take(lock()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("goes on in another process: process 12 on login9");
    }

    @Test
    void anotherMachinesOwnerThatWasNotHeardOfForAMinuteIsGone() throws IOException {
        Files.createFile(lock());
        ELSEWHERE.write(owner());
        Files.setLastModifiedTime(owner(), FileTime.from(Instant.now().minusSeconds(61)));

        assertThat(RunLock.holder(lock())).isEmpty();
        try (var lock = RunLock.take(lock())) {
            assertThat(RunOwner.read(owner())).contains(RunOwner.self());
        }
        assertThat(owner()).doesNotExist();
    }

    @Test
    void aProcessOfThisMachineIsAliveIfItIsTheSameOne() {
        RunOwner self = RunOwner.self();

        assertThat(self.here()).isTrue();
        assertThat(self.alive()).isTrue();
        assertThat(new RunOwner(self.host(), self.pid(), "2001-01-01T00:00:00Z").alive()).isFalse();
    }

    @Test
    void whoIsTakenOverOrLosesTheFolderIsToldAtTheNextBeat() throws IOException {
        try (var lock = RunLock.take(lock())) {
            assertThat(lock.beat()).isNull();
            ELSEWHERE.write(owner());
            assertThat(lock.beat()).contains("taken over by process 12 on login9");
            Files.delete(owner());
            Files.delete(lock());
            assertThat(lock.beat()).contains(folder.toString(), "is gone");
        }
    }

    @Test
    void anOwnerThatWasNotWrittenWholeIsNone() throws IOException {
        Files.writeString(owner(), "{\"host\":\"log");

        assertThat(RunOwner.read(owner())).isEmpty();
    }

    private Path lock() {
        return folder.resolve("run.lock");
    }

    private Path owner() {
        return folder.resolve("run.owner");
    }
}
