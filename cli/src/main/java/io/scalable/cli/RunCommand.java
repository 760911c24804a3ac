package io.scalable.cli;

import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.RunPlan;
import io.scalable.client.RunPlanner;
import io.scalable.client.host.RemoteBundle;
import io.scalable.client.host.SharedPlaces;
import io.scalable.client.report.RunReport;
import io.scalable.client.run.KnownTasks;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunHistory;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a manifest's tasks to their end, with the broker and all services in this JVM, or on those
 * that {@code --bootstrap} names.
 */
@Command(
        name = "run",
        description = {
            "Run a manifest's tasks and report.",
            "The first Ctrl-C lets running tasks finish and starts no others; the second stops at"
                    + " once."
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration JOBS_LEAVE = Duration.ofSeconds(90);

    @Mixin ManifestOptions manifest;
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
            names = "--resume",
            paramLabel = "RUN",
            description =
                    "Go on with a run that did not succeed: what succeeded is not run again, all"
                        + " else is. A run whose process was killed gets its workers back; one that"
                        + " has ended gets others.")
    @Nullable String resume;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return resume == null ? start() : resume(resume);
    }

    private int start() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        Instant now = Instant.now();
        String runId = Ids.newDeploymentId(now);
        SharedPlaces.warning(resolved).ifPresent(warning -> manifest.warn(List.of(warning)));
        // What is wrong with prices is told before anything is made.
        var unused = prices.price(target(resolved).unpublished(runId, now));
        List<SubmitTask> tasks = resolved.submissions(runId);
        if (!tasks.isEmpty()) {
            target(resolved).check(runId, now);
        }

        try (RunFolder folder = RunFolder.create(runs.runs().folder(), runId)) {
            DeploymentSpec deployment =
                    resolved.deployment(
                            new DeploymentRequest(
                                    runId,
                                    now,
                                    target(resolved).hostsWorkers()
                                            ? "run-" + runId
                                            : Standalone.HOST,
                                    target(resolved).places().storage(runId),
                                    manifest.objective,
                                    manifest.policy));
            folder.writeManifest(Files.readString(manifest.file), resolved.lock());
            DeploymentSpec planned = planned(resolved, deployment, tasks);
            Path data =
                    dataDir == null ? folder.file("data") : dataDir.toAbsolutePath().resolve(runId);
            return run(
                    planned,
                    tasks,
                    resolved.plannedOnly(),
                    folder,
                    options(planned),
                    data,
                    view -> services(resolved, planned, data, folder, view));
        }
    }

    private int resume(String runId) throws IOException {
        if (manifest.target != null) {
            throw new UsageException("--resume keeps the run's own target; leave --target out");
        }
        RunFolder found = runs.find(runId);
        found.driver()
                .ifPresent(
                        who -> {
                            throw new UserException("the run " + runId + " goes on in " + who);
                        });
        Resumption how = Resumption.of(found);
        ResolvedManifest resolved = resolved(found, how.deployment());
        try (RunFolder folder = runs.runs().resume(runId)) {
            return switch (how) {
                case Resumption.ThroughBroker(var deployment, var broker) ->
                        again(resolved, folder, deployment, broker);
                case Resumption.FromFolder(var before) -> goOn(resolved, folder, before);
            };
        }
    }

    private ResolvedManifest resolved(RunFolder found, DeploymentSpec deployment)
            throws IOException {
        Map<String, String> env = System.getenv();
        ResolvedManifest resolved =
                Manifests.load(found.manifest(), Path.of(deployment.directory()), env)
                        .resolve(deployment.target().name(), manifest.overlay, env);
        if (!resolved.lock().equals(found.lock())) {
            throw new UserException(
                    "the manifest of run "
                            + resume
                            + " does not read as it did; give the --overlay"
                            + " and the environment variables that it was started with");
        }
        return resolved;
    }

    /** What was given out is not given out again: the ids of tasks are the same each time. */
    private int again(
            ResolvedManifest resolved,
            RunFolder folder,
            DeploymentSpec deployment,
            RunBroker broker)
            throws IOException {
        return run(
                deployment,
                resolved.submissions(deployment.deploymentId()),
                resolved.plannedOnly(),
                folder,
                options(deployment).resuming(),
                broker.dataDir(),
                view -> services(resolved, folder, view).again(deployment, broker));
    }

    /** Another deployment, with the run's results where it has them. */
    private int goOn(ResolvedManifest resolved, RunFolder folder, DeploymentSpec before)
            throws IOException {
        Instant now = Instant.now();
        String id = Ids.newDeploymentId(now);
        target(resolved).check(id, now);
        List<SubmitTask> tasks = KnownTasks.in(folder, resolved.submissions(id));
        var request =
                new DeploymentRequest(
                        id,
                        now,
                        target(resolved).hostsWorkers() ? "run-" + id : Standalone.HOST,
                        Resumption.storage(
                                target(resolved).places().storage(folder.info().id()), id),
                        before.objective(),
                        before.policy());
        DeploymentSpec planned = planned(resolved, resolved.deployment(request), tasks);
        return run(
                planned,
                tasks,
                resolved.plannedOnly(),
                folder,
                options(planned),
                data(folder, id),
                view -> services(resolved, planned, data(folder, id), folder, view));
    }

    private Path data(RunFolder folder, String id) {
        return dataDir == null ? folder.file("data-" + id) : dataDir.toAbsolutePath().resolve(id);
    }

    /**
     * The deployment with what was learned before, and a first plan for the tasks that are left.
     */
    private DeploymentSpec planned(
            ResolvedManifest resolved, DeploymentSpec deployment, List<SubmitTask> tasks)
            throws IOException {
        DeploymentSpec informed = new RunHistory(runs.runs()).inform(deployment, Set.of());
        PricedDeployment priced = prices.price(informed);
        DeploymentSpec left =
                informed.withWork(informed.components(), Resumption.left(informed, tasks));
        RunPlan plan = RunPlanner.plan(prices.price(left));
        manifest.warn(plan.warnings());
        return RemoteBundle.sent(
                priced.deployment().withInitialPlan(plan.first()),
                resolved,
                target(resolved).places(),
                manifest::tell);
    }

    private RunTarget target(ResolvedManifest resolved) throws IOException {
        return new RunTarget(resolved, brokers.kafka(resolved), runs.runs().folder(), manifest);
    }

    private RunServices services(ResolvedManifest resolved, RunFolder folder, Progress view)
            throws IOException {
        return new RunServices(
                folder,
                target(resolved).places().shared(),
                noPage ? null : pagePort,
                view::warning);
    }

    private Services services(
            ResolvedManifest resolved,
            DeploymentSpec deployment,
            Path data,
            RunFolder folder,
            Progress view)
            throws IOException {
        Map<String, String> kafka = brokers.kafka(resolved);
        if (kafka.isEmpty()) {
            return services(resolved, folder, view).standalone(deployment, data);
        }
        // Asked first: where nobody has made the topics, nobody would answer.
        var unused = BrokerOptions.deployments(kafka).living();
        return services(resolved, folder, view).connected(deployment, kafka);
    }

    /** What runs elsewhere takes longer to leave than processes do, and none must be left. */
    private static RunOptions options(DeploymentSpec deployment) {
        var options = RunOptions.defaults();
        return deployment.target().provider().equals("local")
                ? options
                : options.withLeave(JOBS_LEAVE);
    }

    private int run(
            DeploymentSpec deployment,
            List<SubmitTask> tasks,
            List<String> plannedOnly,
            RunFolder folder,
            RunOptions options,
            @Nullable Path data,
            RunExecution.Starter starter)
            throws IOException {
        Output output = Output.of(spec);
        boolean text = output.isText();
        PrintWriter out = text ? output.out() : spec.commandLine().getErr();
        var execution =
                new RunExecution(deployment, tasks, plannedOnly, folder, options, data, starter);
        RunOutcome outcome = execution.run(
                        text ? progress : Progress.Style.NONE,
                        out,
                        ended -> report(folder, ended, output));
        return ExitStatus.of(outcome.succeeded());
    }

    private void report(RunFolder folder, RunOutcome outcome, Output output) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("");
        if (Files.isDirectory(folder.path())) {
            RunReport report = RunReport.of(folder);
            if (!output.isText()) {
                output.one(List.of(), report, folder.path().getFileName().toString());
                return;
            }
            lines.add(report.toText().stripTrailing());
            lines.add("Run folder: " + folder.path());
        }
        if (!outcome.succeeded()) {
            lines.add(
                    "Go on with what is left: scalable run --resume "
                            + folder.path().getFileName()
                            + runs.again());
        }
        output.one(lines, Map.of(), "");
    }
}
