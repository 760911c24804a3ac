package io.scalable.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir Path folder;

    @Test
    void aShortLogIsKeptWhole() throws Exception {
        assertThat(LogTail.of(log("one\ntwo\n"))).isEqualTo("one\ntwo");
    }

    @Test
    void aLongLogIsKeptByItsLastTwentyLines() throws Exception {
        String lines =
                IntStream.range(0, 5000)
                        .mapToObj(i -> "line " + i)
                        .collect(Collectors.joining("\n"));

        assertThat(LogTail.of(log(lines)).lines())
                .hasSize(20)
                .startsWith("line 4980")
                .endsWith("line 4999");
    }

    private Path log(String text) throws Exception {
        return Files.writeString(folder.resolve("worker.log"), text);
    }
}
