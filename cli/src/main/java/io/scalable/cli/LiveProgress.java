package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import io.scalable.client.run.PoolProgress;
import io.scalable.client.run.RunProgress;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bar and a line per pool, drawn over themselves. Lines that stay are printed above them. */
final class LiveProgress extends Progress {

    private static final int BAR = 24;
    private static final String UP_AND_CLEAR = "\033[%dA\033[J";

    /** How often the terminal's width is looked at. */
    private static final long LOOK_NANOS = 2_000_000_000L;

    private final Supplier<OptionalInt> widths;
    private OptionalInt width = OptionalInt.empty();
    private long asked;
    private int drawn;
    private @Nullable RunProgress last;

    LiveProgress(PrintWriter out) {
        this(out, Terminal::width);
    }

    /**
     * @param widths asks how many characters a line holds
     */
    LiveProgress(PrintWriter out, Supplier<OptionalInt> widths) {
        super(out);
        this.widths = widths;
    }

    @Override
    public synchronized void progress(RunProgress progress) {
        last = progress;
        draw();
    }

    @Override
    public synchronized void warning(String text) {
        erase();
        super.warning(text);
        draw();
    }

    @Override
    public synchronized void taskEnded(TaskResult result) {
        if (result.state() == TaskState.FAILED || result.state() == TaskState.DEAD_LETTERED) {
            warning(result.taskId() + " failed: " + lastFailure(result));
        }
    }

    private void draw() {
        erase();
        RunProgress progress = last;
        if (progress == null) {
            return;
        }
        int width = progress.pools().stream().mapToInt(p -> p.component().length()).max().orElse(1);
        for (PoolProgress pool : progress.pools()) {
            drawLine(bar(pool) + " " + describe(pool, width));
        }
        drawLine(seconds(progress.elapsed()) + eta(progress));
        drawn = progress.pools().size() + 1;
        String waiting = progress.waiting();
        if (waiting != null) {
            drawLine("  " + PrintableText.line(waiting));
            drawn++;
        }
        out().flush();
    }

    /** A line that wrapped would be two, and one of them stay when all are drawn again. */
    private void drawLine(String text) {
        long now = System.nanoTime();
        if (asked == 0 || now - asked > LOOK_NANOS) {
            width = widths.get();
            asked = now;
        }
        out().println(width.isPresent() ? Terminal.cut(text, width.getAsInt()) : text);
    }

    private void erase() {
        if (drawn > 0) {
            out().printf(UP_AND_CLEAR, drawn);
            drawn = 0;
        }
    }

    private static String bar(PoolProgress pool) {
        int full = pool.total() == 0 ? 0 : BAR * (pool.total() - pool.remaining()) / pool.total();
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
