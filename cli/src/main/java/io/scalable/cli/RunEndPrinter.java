package io.scalable.cli;

import io.scalable.client.report.RunReport;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Tells how a run ended: its report and how it is gone on with. What is seen of it before goes to
 * standard error where programs read its result.
 *
 * @param output where the result goes
 * @param err standard error
 * @param again options that find the run again, for hints
 */
record RunEndPrinter(Output output, PrintWriter err, String again) {

    static RunEndPrinter of(CommandSpec spec, RunsOptions runs) {
        return new RunEndPrinter(Output.of(spec), spec.commandLine().getErr(), runs.again());
    }

    /** Where the run is seen while it goes on. */
    PrintWriter view() {
        return output.isText() ? output.out() : err;
    }

    Progress.Style progress(Progress.Style wanted) {
        return output.isText() ? wanted : Progress.Style.NONE;
    }

    void print(RunFolder folder, RunOutcome outcome) throws IOException {
        String id = String.valueOf(folder.path().getFileName());
        var lines = new ArrayList<String>();
        lines.add("");
        boolean there = Files.isDirectory(folder.path());
        if (there && !output.isText()) {
            RunReport report = RunReport.of(folder);
            output.whole(() -> "", report::toJson, () -> id + "\n");
            return;
        }
        if (there) {
            lines.addAll(RunReport.of(folder).toText().lines().toList());
            lines.add("Run folder: " + folder.path());
        }
        if (!outcome.succeeded()) {
            lines.add("Go on with what is left: scalable retry " + id + again);
        }
        output.one(lines, List.of(), "");
    }
}
