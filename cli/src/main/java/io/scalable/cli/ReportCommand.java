package io.scalable.cli;

import io.scalable.client.report.RemoteReport;
import io.scalable.client.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
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

    @Option(
            names = "--url",
            paramLabel = "U",
            description =
                    "Ask telemetry there instead of the run's folder, such as"
                            + " http://localhost:8080.")
    @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "T",
            defaultValue = "${env:SCALABLE_TELEMETRY_TOKEN}",
            description = "Telemetry's token (default: $SCALABLE_TELEMETRY_TOKEN).")
    @Nullable String token;

    @Option(names = "--format", description = "text or json (default: text).")
    Format format = Format.TEXT;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (latest && runId != null) {
            throw new ParameterException(
                    spec.commandLine(), "give either --latest or --run-id, not both");
        }
        RunReport report =
                url == null ? RunReport.of(runs.find(runId)) : RemoteReport.of(url, token, runId);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> out.print(report.toText());
            case JSON -> out.println(report.toJson());
        }
        out.flush();
        return 0;
    }
}
