package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import io.scalable.client.run.PoolProgress;
import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunProgress;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskResult;
import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a person sees of a run while it goes on. Thread-safe. */
abstract class Progress implements RunListener, AutoCloseable {

    /** How progress is shown. */
    enum Style {
        /** Live on a terminal, else plain. */
        AUTO,
        /** A few lines that are drawn again and again. */
        LIVE,
        /** A line now and then, for logs and pipes. */
        PLAIN,
        /** Only warnings. */
        NONE
    }

    private final PrintWriter out;

    Progress(PrintWriter out) {
        this.out = out;
    }

    static Progress of(Style style, PrintWriter out) {
        return switch (style) {
            case AUTO -> of(onTerminal() ? Style.LIVE : Style.PLAIN, out);
            case LIVE -> new LiveProgress(out);
            case PLAIN -> new PlainProgress(out);
            case NONE -> new NoProgress(out);
        };
    }

    /** Says what is about to run. */
    synchronized void begin(DeploymentSpec deployment, int tasks, List<String> plannedOnly) {
        line(
                "Run %s of %s on %s: %d task%s",
                deployment.deploymentId(),
                deployment.project(),
                deployment.target().name(),
                tasks,
                tasks == 1 ? "" : "s");
        plannedOnly.forEach(
                task -> line("Task %s has neither handler nor command: planned, not run", task));
    }

    /** Says where more can be seen. */
    synchronized void page(URI address) {
        line("Live page: %s", address);
    }

    @Override
    public synchronized void warning(String text) {
        line("! %s", PrintableText.line(text));
    }

    /** A run that cannot go on says so at once, not only in its report. */
    @Override
    public synchronized void problem(String text) {
        warning(text);
    }

    /** The last failure of a task, on one line; nothing where none is on record. */
    static String lastFailure(TaskResult result) {
        return result.failures().isEmpty()
                ? "no reason is known"
                : PrintableText.line(result.failures().getLast().message());
    }

    @Override
    public void close() {}

    final void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    final PrintWriter out() {
        return out;
    }

    /** {@code forecast 120/450 done, 4 running, 326 queued, 0 failed; 4 workers}. */
    static String describe(PoolProgress pool, int width) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-" + width + "s  %d/%d done, %d running, %d queued",
                        pool.component(),
                        pool.done(),
                        pool.total(),
                        pool.running(),
                        pool.queued()));
        append(text, pool.blocked(), "blocked");
        append(text, pool.failed(), "failed");
        append(text, pool.dropped(), "dropped");
        text.append("; ").append(pool.ready()).append(pool.ready() == 1 ? " worker" : " workers");
        if (pool.starting() > 0) {
            text.append(" (+").append(pool.starting()).append(" starting)");
        }
        return text.toString();
    }

    static String eta(RunProgress progress) {
        Duration remaining = progress.remaining();
        return remaining == null || remaining.isZero()
                ? ""
                : ", about " + seconds(remaining) + " left";
    }

    static String seconds(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static void append(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }
}
