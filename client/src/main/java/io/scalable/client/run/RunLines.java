package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The files of lines in a run's folder, written and closed together. Not thread-safe. */
final class RunLines implements AutoCloseable {

    final JsonLines<TaskRecord> tasks;
    final JsonLines<PoolDemand> observations;
    final JsonLines<ScaleRequested> requests;
    final JsonLines<WorkerLifecycle> workers;
    final JsonLines<ScalePlan> decisions;
    final JsonLines<FailureRecord> failures;

    RunLines(Path folder) {
        tasks = new JsonLines<>(folder.resolve("tasks.jsonl"), TaskRecord.class);
        observations = new JsonLines<>(folder.resolve("observations.jsonl"), PoolDemand.class);
        requests = new JsonLines<>(folder.resolve("requests.jsonl"), ScaleRequested.class);
        workers = new JsonLines<>(folder.resolve("workers.jsonl"), WorkerLifecycle.class);
        decisions = new JsonLines<>(folder.resolve("decisions.jsonl"), ScalePlan.class);
        failures = new JsonLines<>(folder.resolve("failures.jsonl"), FailureRecord.class);
    }

    /** Makes them, empty: a run without failures has an empty {@code failures.jsonl}. */
    void create() throws IOException {
        for (JsonLines<?> lines : all()) {
            lines.create();
        }
    }

    /** Makes them fit to be written on after a process that was killed. */
    void mend() throws IOException {
        for (JsonLines<?> lines : all()) {
            lines.mend();
        }
    }

    /** What they say of the run so far. */
    RunRecord record() throws IOException {
        return new RunRecord(tasks.read(), failures.read(), workers.read(), decisions.read());
    }

    /**
     * Writes what waits.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void flush() {
        all().forEach(JsonLines::flush);
    }

    /** Whoever had to know that they cannot be written was told by {@link #flush()}. */
    @Override
    public void close() {
        for (JsonLines<?> lines : all()) {
            try {
                lines.close();
            } catch (UncheckedIOException e) {
                // A line that is missing is a task that is run again.
            }
        }
    }

    private List<JsonLines<?>> all() {
        // Tasks last: one that is on record has its failures on record.
        return List.of(observations, requests, workers, decisions, failures, tasks);
    }
}
