package io.scalable.worker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The interpreter that a script's first line names. The system says of one that is missing only
 * that there is no such file, as if the script were.
 */
final class Interpreter {

    /** Linux reads no more of a first line. */
    private static final int LONGEST = 256;

    private static final String MARK = "#!";

    private Interpreter() {}

    /**
     * Looks at the interpreter of {@code program}, if it is a script.
     *
     * @throws TaskFault if there is none at the place that its first line names
     */
    static void check(Path program) throws TaskFault {
        String line = firstLine(program);
        if (!line.startsWith(MARK)) {
            return;
        }
        String words = line.substring(MARK.length()).strip();
        if (line.endsWith("\r")) {
            throw missing(
                    program,
                    words,
                    " followed by a carriage return, as files written on Windows have it: convert"
                            + " the script, for example with sed -i 's/\\r$//' "
                            + program);
        }
        String interpreter = words.split("[ \t]", 2)[0];
        if (interpreter.startsWith("/") && !new File(interpreter).exists()) {
            throw missing(
                    program, interpreter, ", which is not on " + HostName.get() + ": install it");
        }
    }

    private static String firstLine(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            int end = head.indexOf('\n');
            return end < 0 ? head : head.substring(0, end);
        } catch (IOException e) {
            // A program may be run by who may not read it.
            return "";
        }
    }

    private static TaskFault missing(Path program, String interpreter, String why) {
        return TaskFault.user(
                "interpreter not found",
                "the script " + program + " wants the interpreter '" + interpreter + "'" + why);
    }
}
