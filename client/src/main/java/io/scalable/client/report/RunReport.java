package io.scalable.client.report;

import io.scalable.client.run.Decision;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunSummary;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.planning.DefaultMaximum;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run, and why.
 *
 * @param summary the run in numbers
 * @param failures failed attempts, grouped by cause, what failed most first
 * @param workerFailures workers that never came up or went without being asked
 * @param decisions each change of a pool's desired workers, in order
 * @param warnings what a person was warned of before the run
 * @param prediction what the first plan said and what came true; null if one of them is unknown
 */
public record RunReport(
        RunSummary summary,
        List<FailureGroup> failures,
        List<WorkerLifecycle> workerFailures,
        List<Decision> decisions,
        List<String> warnings,
        @Nullable Prediction prediction) {
    public RunReport {
        failures = List.copyOf(failures);
        workerFailures = List.copyOf(workerFailures);
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
    }

    /**
     * The report of a run that has ended or goes on.
     *
     * @throws IOException if the folder is no readable run folder
     */
    public static RunReport of(RunFolder folder) throws IOException {
        return new RunReport(
                folder.summarize(),
                FailureGroup.of(folder.failures().read()),
                folder.workers().read().stream().filter(WorkerFailed.class::isInstance).toList(),
                Decision.changes(folder.decisions().read(), folder.info().started()),
                folder.isDeployed() ? DefaultMaximum.of(folder.deployment()).warnings() : List.of(),
                Prediction.of(folder));
    }

    /** For people: workers first, then scaling, durations, failures and decisions. */
    public String toText() {
        return ReportText.of(this);
    }

    /** The same as one JSON object, with names such as {@code failed_attempts}. */
    public String toJson() {
        return ReportJson.pretty(this);
    }
}
