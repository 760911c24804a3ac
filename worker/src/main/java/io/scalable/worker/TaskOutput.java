package io.scalable.worker;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a handler's thread, and the threads it starts, print to {@code System.out} and {@code
 * System.err} until it is closed. What other threads print goes where it always went.
 *
 * <p>The JVM has one pair of streams, so they are replaced once for all workers in it.
 */
final class TaskOutput implements AutoCloseable {

    private static final InheritableThreadLocal<@Nullable TaskOutput> CURRENT =
            new InheritableThreadLocal<>();

    private final AttemptLogs logs;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private boolean closed;

    private TaskOutput(AttemptLogs logs) {
        this.logs = logs;
    }

    /** Replaces the JVM's streams, unless that was done before. */
    static synchronized void install() {
        if (!(System.out instanceof Routed)) {
            System.setOut(new Routed(System.out, true));
        }
        if (!(System.err instanceof Routed)) {
            System.setErr(new Routed(System.err, false));
        }
    }

    /** What the current thread prints goes into {@code logs} until the returned is closed. */
    static TaskOutput into(AttemptLogs logs) {
        var output = new TaskOutput(logs);
        CURRENT.set(output);
        return output;
    }

    @Override
    public synchronized void close() {
        CURRENT.remove();
        closed = true;
        close(out);
        close(err);
    }

    /** True if it took the bytes. */
    private synchronized boolean write(boolean toOut, byte[] bytes, int from, int length)
            throws IOException {
        if (closed) {
            return false;
        }
        if (toOut) {
            out = out == null ? open(logs.out()) : out;
            out.write(bytes, from, length);
        } else {
            err = err == null ? open(logs.err()) : err;
            err.write(bytes, from, length);
        }
        return true;
    }

    /** Not a channel's stream: an interrupt would close that. */
    private OutputStream open(Path file) throws IOException {
        logs.makeFolder();
        return new FileOutputStream(file.toFile(), true);
    }

    private static void close(@Nullable OutputStream stream) {
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            // Every write has been passed on already.
            System.getLogger(TaskOutput.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
        }
    }

    /** A standard stream that asks for each write who is printing. */
    private static final class Routed extends PrintStream {
        Routed(PrintStream original, boolean isOut) {
            super(new Router(original, isOut), true, original.charset());
        }
    }

    private static final class Router extends OutputStream {
        private final PrintStream original;
        private final boolean isOut;

        Router(PrintStream original, boolean isOut) {
            this.original = original;
            this.isOut = isOut;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            TaskOutput current = CURRENT.get();
            if (current == null || !current.write(isOut, bytes, from, length)) {
                original.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            original.flush();
        }
    }
}
