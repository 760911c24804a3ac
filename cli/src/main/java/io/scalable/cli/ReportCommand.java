package io.scalable.cli;

import io.scalable.client.report.RemoteReport;
import io.scalable.client.report.RunReport;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what happened in a run, and why. */
@Command(
        name = "report",
        description =
                "Show what happened in a run: workers, scaling, durations, failures, decisions.")
final class ReportCommand implements Callable<Integer> {

    @Mixin RunsOptions runs;

    @Option(names = "--latest", description = "The run that started last (the default).")
    boolean latest;

    @Option(names = "--run-id", paramLabel = "R", description = "The run with this id.")
    @Nullable String runId;

    @Mixin TelemetryOptions telemetry;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (latest && runId != null) {
            throw new ParameterException(
                    spec.commandLine(), "give either --latest or --run-id, not both");
        }
        URI url = telemetry.url;
        RunReport report =
                url == null
                        ? RunReport.of(runs.find(runId))
                        : RemoteReport.of(url, telemetry.token, runId);
        Output.of(spec)
                .whole(
                        report::toText,
                        report::toJson,
                        () ->
                                report.summary().run().state().name().toLowerCase(Locale.ROOT)
                                        + "\n");
        return ExitStatus.OK;
    }
}
