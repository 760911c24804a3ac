package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import io.scalable.client.run.PoolProgress;
import io.scalable.client.run.RunProgress;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.io.PrintWriter;
import java.time.Duration;

/** A line every few seconds, and one for each task that failed. */
final class PlainProgress extends Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private Duration next = Duration.ofSeconds(1);
    private boolean complete;

    PlainProgress(PrintWriter out) {
        super(out);
    }

    @Override
    public synchronized void progress(RunProgress progress) {
        boolean all = progress.total() > 0 && progress.ended() == progress.total();
        if (complete || (progress.elapsed().compareTo(next) < 0 && !all)) {
            return;
        }
        complete = all;
        next = progress.elapsed().plus(INTERVAL);
        line("[%s%s]", seconds(progress.elapsed()), eta(progress));
        for (PoolProgress pool : progress.pools()) {
            line("  %s", describe(pool, 1));
        }
        if (progress.waiting() != null) {
            line("  %s", PrintableText.line(progress.waiting()));
        }
    }

    @Override
    public synchronized void taskEnded(TaskResult result) {
        if (result.state() == TaskState.FAILED || result.state() == TaskState.DEAD_LETTERED) {
            line("! %s %s: %s", result.taskId(), result.state(), lastFailure(result));
        }
    }
}
