package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import io.scalable.client.run.PoolProgress;
import io.scalable.client.run.RunProgress;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A bar and a line per pool, drawn over themselves. Lines that stay are printed above them. */
final class LiveProgress extends Progress {

    private static final int BAR = 24;
    private static final String UP_AND_CLEAR = "\033[%dA\033[J";

    private int drawn;
    private @Nullable RunProgress last;

    LiveProgress(PrintWriter out) {
        super(out);
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
            out().println(bar(pool) + " " + describe(pool, width));
        }
        out().println(seconds(progress.elapsed()) + eta(progress));
        drawn = progress.pools().size() + 1;
        String waiting = progress.waiting();
        if (waiting != null) {
            out().println("  " + PrintableText.line(waiting));
            drawn++;
        }
        out().flush();
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
