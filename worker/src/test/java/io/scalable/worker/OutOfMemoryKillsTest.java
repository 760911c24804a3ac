package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.worker.OutOfMemoryKills.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfMemoryKillsTest {

    @TempDir Path folder;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void commandsThatStartWithinASecondShareOneReadingOfTheCounters() throws IOException {
        OutOfMemoryKills kills = counted(0);
        OutOfMemoryKills.Count first = kills.recent();
        write(1);

        assertThat(kills.recent()).isEqualTo(first);
        clock.addAndGet(Duration.ofMillis(1_001).toNanos());
        assertThat(kills.recent()).isNotEqualTo(first);
    }

    @Test
    void aKillThatOneCommandWasToldOfIsNotToldOfTheNext() throws IOException {
        OutOfMemoryKills kills = counted(0);
        OutOfMemoryKills.Count before = kills.recent();
        write(1);

        assertThat(kills.count().since(before)).isEqualTo(Verdict.OWN_LIMIT);
        assertThat(kills.count().since(kills.recent())).isEqualTo(Verdict.NONE);
    }

    private OutOfMemoryKills counted(int number) throws IOException {
        return new OutOfMemoryKills(List.of(write(number)), clock::get);
    }

    private Path write(int number) throws IOException {
        return Files.writeString(
                folder.resolve("memory.events"), "oom %1$d\noom_kill %1$d\n".formatted(number));
    }
}
