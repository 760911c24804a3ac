package io.scalable.worker;

import io.scalable.contracts.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What Linux takes as a command's arguments and environment.
 *
 * @param each the longest argument, or variable with its name, in bytes of UTF-8
 * @param total all arguments and variables together, in bytes
 */
record ArgumentLimits(long each, long total) {

    /** A quarter of the stack, but never above 6 MiB; 2 MiB with the usual stack of 8 MiB. */
    private static final long USUAL_STACK = 8L << 20;

    private static final long MOST = 6L << 20;
    private static final int POINTER = 8;
    private static final String STACK = "Max stack size";
    private static final String ADVICE =
            ": write the data to a file and pass its name, or read it from standard input";

    /** Those of this process. */
    static ArgumentLimits here() {
        return new ArgumentLimits(Limits.ARGV_WORD_BYTES, Math.min(MOST, stack() / 4));
    }

    /**
     * Looks whether a command can be started at all.
     *
     * @throws TaskFault if not; the message has the argument, its size and the limit
     */
    void check(List<String> argv, Map<String, String> environment) throws TaskFault {
        long sum = 0;
        for (int i = 0; i < argv.size(); i++) {
            sum += single("argument " + i, bytes(argv.get(i)));
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            long size = bytes(variable.getKey()) + 1 + bytes(variable.getValue());
            sum += single("the environment variable " + variable.getKey(), size);
        }
        if (sum > total) {
            throw TaskFault.user(
                    "arguments too large",
                    argv.size()
                            + " arguments and "
                            + environment.size()
                            + " environment variables of '"
                            + argv.getFirst()
                            + "' have "
                            + sum
                            + " bytes together, more than the "
                            + total
                            + " that this machine takes"
                            + ADVICE);
        }
    }

    private long single(String what, long bytes) throws TaskFault {
        if (bytes > each) {
            throw TaskFault.user(
                    "argument too large",
                    what
                            + " has "
                            + bytes
                            + " bytes, more than the "
                            + each
                            + " that Linux takes"
                            + ADVICE);
        }
        return bytes + 1 + POINTER;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long stack() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith(STACK))
                    .map(line -> line.substring(STACK.length()).strip().split(" ", 2)[0])
                    .mapToLong(soft -> soft.equals("unlimited") ? MOST * 4 : Long.parseLong(soft))
                    .findFirst()
                    .orElse(USUAL_STACK);
        } catch (IOException | NumberFormatException e) {
            return USUAL_STACK;
        }
    }
}
