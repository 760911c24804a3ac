package io.scalable.cli;

import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.RunPlan;
import io.scalable.client.RunPlanner;
import io.scalable.client.host.RemoteBundle;
import io.scalable.client.host.SharedPlaces;
import io.scalable.client.run.KnownTasks;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunHistory;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Launches runs: prepares a deployment, gets the services that it needs, and drives it to its end.
 *
 * @param drive how it is driven
 * @param messages hears what a person should know before
 * @param ending tells how it ended
 */
record RunLauncher(DriveOptions drive, Messages messages, RunEndPrinter ending) {

    /**
     * Starts a run.
     *
     * @param file the manifest
     * @param set what was laid over it
     * @return the exit status
     */
    int start(
            ResolvedManifest resolved,
            Path file,
            List<String> set,
            @Nullable Objective objective,
            @Nullable Policy policy)
            throws IOException {
        Instant now = Instant.now();
        String runId = Ids.newDeploymentId(now);
        RunTarget target = target(resolved);
        SharedPlaces.warning(resolved).ifPresent(warning -> messages.warn(List.of(warning)));
        // What is wrong with prices is told before anything is made.
        var unused = drive.prices.price(target.unpublished(runId, now));
        List<SubmitTask> tasks = resolved.submissions(runId);
        if (!tasks.isEmpty()) {
            target.check(runId, now);
        }

        try (RunFolder folder = RunFolder.create(drive.runs.runs().folder(), runId)) {
            var request =
                    new DeploymentRequest(
                            runId,
                            now,
                            host(target, runId),
                            target.places().storage(runId),
                            objective,
                            policy);
            folder.writeManifest(Files.readString(file), resolved.lock());
            folder.writeSettings(set);
            DeploymentSpec planned = planned(resolved, resolved.deployment(request), tasks);
            Path data = data(folder, "data", runId);
            return run(
                    resolved,
                    planned,
                    tasks,
                    folder,
                    drive.of(planned),
                    data,
                    view -> services(resolved, planned, data, folder, view));
        }
    }

    /**
     * Goes on with a run.
     *
     * @param resolved its manifest, as it was
     * @param how what is there to go on with
     * @param failedOnly true leaves what was cancelled as it is
     * @return the exit status
     */
    int resume(String runId, ResolvedManifest resolved, Resumption how, boolean failedOnly)
            throws IOException {
        try (RunFolder folder = drive.runs.runs().resume(runId)) {
            return switch (how) {
                case Resumption.ThroughBroker(var deployment, var broker) ->
                        again(resolved, folder, deployment, broker);
                case Resumption.FromFolder(var before) ->
                        goOn(resolved, folder, before, failedOnly);
            };
        }
    }

    /** What was given out is not given out again: the ids of tasks are the same each time. */
    private int again(
            ResolvedManifest resolved,
            RunFolder folder,
            DeploymentSpec deployment,
            RunBroker broker)
            throws IOException {
        return run(
                resolved,
                deployment,
                resolved.submissions(deployment.deploymentId()),
                folder,
                drive.of(deployment).resuming(),
                broker.dataDir(),
                view -> services(resolved, folder, view).again(deployment, broker));
    }

    /** Another deployment, with the run's results where it has them. */
    private int goOn(
            ResolvedManifest resolved, RunFolder folder, DeploymentSpec before, boolean failedOnly)
            throws IOException {
        Instant now = Instant.now();
        String id = Ids.newDeploymentId(now);
        RunTarget target = target(resolved);
        target.check(id, now);
        List<SubmitTask> all = resolved.submissions(id);
        List<SubmitTask> tasks =
                failedOnly ? KnownTasks.failedIn(folder, all) : KnownTasks.in(folder, all);
        var request =
                new DeploymentRequest(
                        id,
                        now,
                        host(target, id),
                        Resumption.storage(target.places().storage(folder.info().id()), id),
                        before.objective(),
                        before.policy());
        DeploymentSpec planned = planned(resolved, resolved.deployment(request), tasks);
        Path data = data(folder, "data-" + id, id);
        RunOptions options = drive.of(planned);
        return run(
                resolved,
                planned,
                tasks,
                folder,
                failedOnly ? options.onlyFailed() : options,
                data,
                view -> services(resolved, planned, data, folder, view));
    }

    private static String host(RunTarget target, String id) {
        return target.hostsWorkers() ? "run-" + id : Standalone.HOST;
    }

    private Path data(RunFolder folder, String name, String id) {
        Path given = drive.dataDir;
        return given == null ? folder.file(name) : given.toAbsolutePath().resolve(id);
    }

    /**
     * The deployment with what was learned before, and a first plan for the tasks that are left.
     */
    private DeploymentSpec planned(
            ResolvedManifest resolved, DeploymentSpec deployment, List<SubmitTask> tasks)
            throws IOException {
        DeploymentSpec informed = new RunHistory(drive.runs.runs()).inform(deployment, Set.of());
        PricedDeployment priced = drive.prices.price(informed);
        DeploymentSpec left =
                informed.withWork(informed.components(), Resumption.left(informed, tasks));
        RunPlan plan = RunPlanner.plan(drive.prices.price(left));
        messages.warn(plan.warnings());
        return RemoteBundle.sent(
                priced.deployment().withInitialPlan(plan.first()),
                resolved,
                target(resolved).places(),
                messages::tell);
    }

    private RunTarget target(ResolvedManifest resolved) throws IOException {
        return new RunTarget(
                resolved, drive.brokers.kafka(resolved), drive.runs.runs().folder(), messages);
    }

    private RunServices services(ResolvedManifest resolved, RunFolder folder, Progress view)
            throws IOException {
        return new RunServices(
                folder, target(resolved).places().shared(), drive.page(), view::warning);
    }

    private Services services(
            ResolvedManifest resolved,
            DeploymentSpec deployment,
            Path data,
            RunFolder folder,
            Progress view)
            throws IOException {
        Map<String, String> kafka = drive.brokers.kafka(resolved);
        if (kafka.isEmpty()) {
            return services(resolved, folder, view).standalone(deployment, data);
        }
        // Asked first: where nobody has made the topics, nobody would answer.
        var unused = BrokerOptions.deployments(kafka).living();
        return services(resolved, folder, view).connected(deployment, kafka);
    }

    private int run(
            ResolvedManifest resolved,
            DeploymentSpec deployment,
            List<SubmitTask> tasks,
            RunFolder folder,
            RunOptions options,
            @Nullable Path data,
            RunExecution.Starter starter)
            throws IOException {
        var execution =
                new RunExecution(
                        deployment, tasks, resolved.plannedOnly(), folder, options, data, starter);
        RunOutcome outcome =
                execution.run(
                        ending.progress(drive.progress),
                        ending.view(),
                        ended -> ending.print(folder, ended));
        return ExitStatus.of(outcome.succeeded());
    }
}
