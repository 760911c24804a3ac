package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run, {@code <runs>/<run-id>/}: everything that is kept of it, as JSON and JSON
 * Lines. Files that may name secrets (run.json, deployment.json) have mode 0600. One driver writes
 * it; anybody may read it at any time. Not thread-safe.
 */
public final class RunFolder implements AutoCloseable {

    private final Path path;
    private final JsonFile<RunInfo> info;
    private final JsonFile<DeploymentSpec> deployment;
    private final JsonFile<ScalePlan> plan;
    private final JsonFile<RunSummary> summary;
    private final RunLines lines;
    private final JsonFile<RunBroker> broker;
    private final JsonFile<String[]> settings;
    private @Nullable RunLock held;

    private RunFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.info = new JsonFile<>(file("run.json"), RunInfo.class);
        this.deployment = new JsonFile<>(file("deployment.json"), DeploymentSpec.class);
        this.plan = new JsonFile<>(file("plan.json"), ScalePlan.class);
        this.summary = new JsonFile<>(file("summary.json"), RunSummary.class);
        this.broker = new JsonFile<>(file("broker.json"), RunBroker.class);
        this.settings = new JsonFile<>(file("settings.json"), String[].class);
        this.lines = new RunLines(this.path);
    }

    /**
     * Makes the folder of a new run, with its files of lines: a run without failures has an empty
     * {@code failures.jsonl}.
     *
     * @throws IOException if it cannot be made, or a run of that id is there already
     */
    public static RunFolder create(Path runs, String runId) throws IOException {
        Path path = runs.resolve(runId);
        try {
            Files.createDirectories(runs);
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "cannot make the run folder " + path + ": " + e.getFile() + " is there already",
                    e);
        }
        var folder = new RunFolder(path);
        folder.take();
        folder.lines.create();
        RunReserve.take(folder.file("run.reserve"));
        return folder;
    }

    /**
     * The folder of a run that did not succeed and that no process drives, to be written on. All
     * that is in it stays.
     *
     * @throws IOException if the run has succeeded or its process lives, or it cannot be written
     */
    static RunFolder resume(Path path) throws IOException {
        var folder = new RunFolder(path);
        folder.take();
        try {
            RunInfo info = folder.info();
            if (info.state() == RunState.SUCCEEDED) {
                throw new IOException(
                        "run %s has ended (%s): there is nothing to go on with"
                                .formatted(info.id(), info.state()));
            }
            folder.lines.mend();
            RunReserve.take(folder.file("run.reserve"));
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** What is written of the run so far. */
    RunRecord record() throws IOException {
        return lines.record();
    }

    /** The folder of a run that is there. */
    public static RunFolder open(Path path) {
        return new RunFolder(path);
    }

    private void take() throws IOException {
        held = RunLock.take(file("run.lock"));
    }

    /** Gives back the room that was kept for the run's end. */
    void releaseReserve() throws IOException {
        RunReserve.release(file("run.reserve"));
    }

    /** Has {@code action} told if the folder is gone or another process has taken it. */
    void onLoss(Consumer<String> action) {
        if (held != null) {
            held.onLoss(action);
        }
    }

    /** True if a process drives this run now. */
    public boolean isDriven() throws IOException {
        return driver().isPresent();
    }

    /** The process that drives this run now, for people; empty if there is none. */
    public Optional<String> driver() throws IOException {
        return RunLock.holder(file("run.lock"));
    }

    /** Keeps how to reach the run's broker, for as long as the run goes on. */
    public void writeBroker(RunBroker value) throws IOException {
        broker.write(value);
    }

    /**
     * How to reach the run's broker.
     *
     * @return empty if the run has ended, or never got so far
     */
    public Optional<RunBroker> broker() throws IOException {
        return broker.exists() ? Optional.of(broker.read()) : Optional.empty();
    }

    void forgetBroker() throws IOException {
        Files.deleteIfExists(broker.path());
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** A file of this folder, such as the control plane's log. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Keeps a copy of the manifest and the SHA-256 of its canonical form. */
    public void writeManifest(String yaml, String lock) throws IOException {
        Files.writeString(manifest(), yaml);
        Files.writeString(file("manifest.lock"), lock + "\n");
    }

    /** The copy of the manifest. */
    public Path manifest() {
        return file("manifest.yaml");
    }

    /** The SHA-256 of the manifest's canonical form. */
    public String lock() throws IOException {
        return Files.readString(file("manifest.lock")).strip();
    }

    /**
     * Keeps what was laid over the manifest, {@code KEY=VALUE} each; nothing where there is none.
     */
    public void writeSettings(List<String> set) throws IOException {
        if (!set.isEmpty()) {
            settings.write(set.toArray(String[]::new));
        }
    }

    /** What was laid over the manifest. */
    public List<String> settings() throws IOException {
        return settings.exists() ? List.of(settings.read()) : List.of();
    }

    /** Keeps the deployment and, where it has one, its first plan. */
    public void writeDeployment(DeploymentSpec spec) throws IOException {
        deployment.write(spec);
        ScalePlan first = spec.initialPlan();
        if (first != null) {
            plan.write(first);
        }
    }

    public void writeInfo(RunInfo run) throws IOException {
        info.write(run);
    }

    void writeSummary(RunSummary value) throws IOException {
        summary.write(value);
    }

    /** The run in numbers, as it was written at its end; empty before. */
    public Optional<RunSummary> summary() throws IOException {
        return summary.exists() ? Optional.of(summary.read()) : Optional.empty();
    }

    /**
     * What run.json says.
     *
     * @throws IOException if it is missing or damaged
     */
    public RunInfo info() throws IOException {
        return info.read();
    }

    /**
     * The deployment that was published.
     *
     * @throws IOException if it is missing or damaged
     */
    public DeploymentSpec deployment() throws IOException {
        return deployment.read();
    }

    /** True once the deployment was written down, which is before it is published. */
    public boolean isDeployed() {
        return deployment.exists();
    }

    /** The first plan; null if the planner made it later. */
    public @Nullable ScalePlan plan() throws IOException {
        return plan.exists() ? plan.read() : null;
    }

    /** Each task's final state. */
    public JsonLines<TaskRecord> tasks() {
        return lines.tasks;
    }

    /** What the dispatcher saw, line by line. */
    public JsonLines<PoolDemand> observations() {
        return lines.observations;
    }

    /** Each wish for other worker counts; a run from before these were kept has none. */
    public JsonLines<ScaleRequested> requests() {
        return lines.requests;
    }

    /** What the provider said of each worker. */
    public JsonLines<WorkerLifecycle> workers() {
        return lines.workers;
    }

    /** Each scale plan. */
    public JsonLines<ScalePlan> decisions() {
        return lines.decisions;
    }

    /** Each failed attempt. */
    public JsonLines<FailureRecord> failures() {
        return lines.failures;
    }

    /**
     * The run's arithmetic, computed from its lines; of a run that goes on, as far as it has got.
     */
    public RunSummary summarize() throws IOException {
        return RunSummary.of(
                info(),
                isDeployed() ? deployment() : null,
                lines.tasks.read(),
                lines.workers.read(),
                lines.decisions.read(),
                lines.failures.read());
    }

    void flush() {
        lines.flush();
    }

    /** Writes what waits, if it can be written, and gives the folder free. */
    @Override
    public void close() {
        try {
            lines.close();
        } finally {
            if (held != null) {
                held.close();
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
