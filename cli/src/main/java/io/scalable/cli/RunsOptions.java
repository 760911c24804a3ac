package io.scalable.cli;

import io.scalable.client.run.Runs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class RunsOptions {

    @Option(
            names = "--runs-dir",
            paramLabel = "D",
            defaultValue = ".scalable/runs",
            description = "Folder of the runs (default: ${DEFAULT-VALUE}).")
    Path folder;

    Runs runs() {
        return new Runs(folder.toAbsolutePath().normalize());
    }
}
