package io.scalable.cli;

import io.scalable.client.run.MaxFails;
import io.scalable.client.run.RunOptions;
import io.scalable.contracts.deployment.DeploymentSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that drives a run: run and retry. */
final class DriveOptions {

    private static final Duration JOBS_LEAVE = Duration.ofSeconds(90);

    @Mixin PriceOptions prices;
    @Mixin RunsOptions runs;
    @Mixin BrokerOptions brokers;

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description =
                    "Folder for the broker's data while it runs; not on a network file system"
                            + " (default: in the run's folder).")
    @Nullable Path dataDir;

    @Option(names = "--progress", description = "auto, live, plain or none (default: auto).")
    Progress.Style progress = Progress.Style.AUTO;

    @Option(
            names = "--page-port",
            paramLabel = "P",
            description = "Port of the live page, on 127.0.0.1 (default: a free one).")
    int pagePort;

    @Option(names = "--no-page", description = "Serve no live page.")
    boolean noPage;

    @Option(
            names = "--max-fails",
            paramLabel = "N|P%%",
            converter = MaxFailsConverter.class,
            description =
                    "Stop the run once more than N tasks, or P percent of them, have failed"
                            + " (default: never).")
    @Nullable MaxFails maxFails;

    @Nullable Integer page() {
        return noPage ? null : pagePort;
    }

    /** What runs elsewhere takes longer to leave than processes do, and none must be left. */
    RunOptions of(DeploymentSpec deployment) {
        var options = RunOptions.defaults().withMaxFails(maxFails);
        return deployment.target().provider().equals("local")
                ? options
                : options.withLeave(JOBS_LEAVE);
    }

    static final class MaxFailsConverter implements ITypeConverter<MaxFails> {
        @Override
        public MaxFails convert(String value) {
            return MaxFails.parse(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is neither a number of tasks, such as 10,"
                                                    + " nor a part of them, such as 5%"));
        }
    }
}
