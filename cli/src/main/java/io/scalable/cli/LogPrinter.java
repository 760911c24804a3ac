package io.scalable.cli;

import io.scalable.client.inspect.TaskLog;
import io.scalable.contracts.task.TaskHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Copies logs to standard output as they are, and as they grow. */
final class LogPrinter {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** How many looks at a log there are for each look at the task's state. */
    private static final int LOOKS = 5;

    private final PrintWriter out;
    private final PrintWriter err;

    LogPrinter(CommandSpec spec) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    /** Asks for something that may have changed. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException;
    }

    /** True if there was anything; where there are several streams, a line says which is which. */
    boolean print(List<TaskLog> logs) throws IOException {
        boolean any = false;
        for (TaskLog log : logs) {
            byte[] text = log.all();
            if (text.length > 0) {
                if (logs.size() > 1) {
                    // Beside the log, so that the log alone can be piped on.
                    err.println("==> std" + log.stream() + " <==");
                    err.flush();
                }
                out.print(text(text));
                out.flush();
                any = true;
            }
        }
        return any;
    }

    /**
     * Prints what is written until the task has ended; a later attempt's log follows.
     *
     * @param state asks where the task is
     * @param logsOf the logs of its newest attempt
     */
    void follow(Question<TaskHistory> state, Function<TaskHistory, List<TaskLog>> logsOf)
            throws IOException {
        TaskHistory task = state.ask();
        List<TaskLog> logs = logsOf.apply(task);
        while (true) {
            boolean over = task.state().terminal();
            for (int look = 0; look < LOOKS; look++) {
                copy(logs);
                if (over) {
                    return;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
            TaskHistory now = state.ask();
            if (now.attempt() != task.attempt()) {
                copy(logs);
                logs = logsOf.apply(now);
            }
            task = now;
        }
    }

    private void copy(List<TaskLog> logs) throws IOException {
        for (TaskLog log : logs) {
            for (byte[] more = log.more(); more.length > 0; more = log.more()) {
                out.print(text(more));
                out.flush();
            }
        }
    }

    /** Prints a file until {@code over}, which is asked now and then. */
    void file(Path file, Question<Boolean> over) throws IOException {
        long read = 0;
        while (true) {
            boolean last = over.ask();
            for (int look = 0; look < (last ? 1 : LOOKS); look++) {
                for (byte[] more = TaskLog.from(file, read);
                        more.length > 0;
                        more = TaskLog.from(file, read)) {
                    read += more.length;
                    out.print(text(more));
                }
                out.flush();
                if (!last) {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
            if (last) {
                return;
            }
        }
    }

    private static String text(byte[] bytes) {
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    }
}
