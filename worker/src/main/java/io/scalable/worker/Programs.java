package io.scalable.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs as {@code execvp} would, so that a missing one can be named. */
final class Programs {

    private Programs() {}

    /**
     * The file that {@code program} means.
     *
     * @param directory where relative names with a slash start
     * @param path the search path
     * @throws TaskFault if there is none that can be run, or a script whose interpreter is missing
     */
    static Path find(String program, Path directory, String path) throws TaskFault {
        try {
            if (program.indexOf('/') >= 0) {
                Path file = directory.resolve(program);
                if (!runnable(file)) {
                    throw notFound(
                            "'"
                                    + program
                                    + "' in "
                                    + directory
                                    + (Files.exists(file)
                                            ? " is not executable: chmod +x it"
                                            : " does not exist"));
                }
                Interpreter.check(file);
                return file;
            }
            Path found =
                    onPath(program, path)
                            .orElseThrow(
                                    () ->
                                            notFound(
                                                    "there is no program '"
                                                            + program
                                                            + "' on PATH ("
                                                            + path
                                                            + ")"));
            Interpreter.check(found);
            return found;
        } catch (InvalidPathException e) {
            throw notFound("'" + program + "' is no program's name: " + e.getMessage());
        }
    }

    /** The first {@code program} on a search path. */
    static Optional<Path> onPath(String program, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && runnable(Path.of(folder, program))) {
                return Optional.of(Path.of(folder, program));
            }
        }
        return Optional.empty();
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static TaskFault notFound(String message) {
        return TaskFault.user("program not found", message);
    }
}
