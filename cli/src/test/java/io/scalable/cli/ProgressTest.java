package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.PoolProgress;
import io.scalable.client.run.RunProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final PoolProgress POOL =
            new PoolProgress("forecast", 450, 0, 326, 4, 119, 1, 0, 4, 1, 5);

    private final StringWriter text = new StringWriter();

    @Test
    void aPoolIsDescribedInOneLine() {
        assertThat(Progress.describe(POOL, 10))
                .isEqualTo(
                        "forecast    119/450 done, 4 running, 326 queued, 1 failed;"
                                + " 4 workers (+1 starting)");
    }

    @Test
    void theRemainingTimeIsGivenOnceItIsKnown() {
        assertThat(Progress.eta(progress(1, null))).isEmpty();
        assertThat(Progress.eta(progress(1, Duration.ofSeconds(75))))
                .isEqualTo(", about 1 min 15 s left");
    }

    @Test
    void plainProgressIsALineNowAndThen() {
        try (var plain = new PlainProgress(new PrintWriter(text))) {
            for (int tenths = 0; tenths < 30; tenths++) {
                plain.progress(progress(tenths / 10.0, null));
            }
        }

        assertThat(text.toString().lines()).hasSize(2);
    }

    @Test
    void liveProgressDrawsOverItself() {
        try (var live = new LiveProgress(new PrintWriter(text))) {
            live.progress(progress(1, null));
            live.progress(progress(2, null));
        }

        assertThat(text.toString()).contains("\033[2A\033[J").contains("██████░░");
    }

    @Test
    void aLineEndsWhereTheTerminalDoesSoThatItCanBeDrawnOver() {
        try (var live = new LiveProgress(new PrintWriter(text), () -> OptionalInt.of(80))) {
            live.progress(progress(1, null));
        }

        assertThat(text.toString().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
                .anyMatch(line -> line.length() == 80 && line.endsWith("\u2026"));
    }

    private static RunProgress progress(double seconds, Duration remaining) {
        return new RunProgress(
                Duration.ofMillis((long) (seconds * 1000)), List.of(POOL), remaining);
    }
}
