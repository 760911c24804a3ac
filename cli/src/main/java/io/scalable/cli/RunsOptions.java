package io.scalable.cli;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class RunsOptions {

    private static final String DEFAULT = ".scalable/runs";

    @Option(
            names = "--runs-dir",
            paramLabel = "D",
            defaultValue = DEFAULT,
            description = "Folder of the runs (default: ${DEFAULT-VALUE}).")
    Path folder;

    /** How another command is given the same folder: empty for the default. */
    String again() {
        return folder.equals(Path.of(DEFAULT)) ? "" : " --runs-dir " + folder;
    }

    Runs runs() {
        return new Runs(folder.toAbsolutePath().normalize());
    }

    /**
     * The folder of a run.
     *
     * @param runId null for the latest
     * @throws io.scalable.client.run.NoSuchRunException if it is not there
     */
    RunFolder find(@Nullable String runId) throws IOException {
        return runId == null ? runs().latest() : runs().find(runId);
    }
}
