package io.scalable.cli;

import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a run is gone on with. */
sealed interface Resumption {

    /** The deployment, which is the run's or was its last. */
    DeploymentSpec deployment();

    /** Its deployment lives: at the same address and with the same secret its workers come back. */
    record ThroughBroker(DeploymentSpec deployment, RunBroker broker) implements Resumption {}

    /** Its deployment has ended, or is lost: another does what is left, by the run's folder. */
    record FromFolder(DeploymentSpec deployment) implements Resumption {}

    /**
     * Decides it.
     *
     * @throws UserException if there is nothing to go on with, or nothing to go on from
     */
    static Resumption of(RunFolder folder) throws IOException {
        RunInfo info = folder.info();
        if (info.state() == RunState.SUCCEEDED) {
            throw new UserException(
                    "run " + info.id() + " has ended (SUCCEEDED): there is nothing to go on with");
        }
        if (!folder.isDeployed()) {
            throw new UserException(
                    "run " + info.id() + " never came so far as to begin; start it anew");
        }
        DeploymentSpec deployment = folder.deployment();
        RunBroker broker = folder.broker().orElse(null);
        return info.finished() == null && broker != null && lives(deployment, broker)
                ? new ThroughBroker(deployment, broker)
                : new FromFolder(deployment);
    }

    private static boolean lives(DeploymentSpec deployment, RunBroker broker) {
        Path data = broker.dataDir();
        return data == null
                ? BrokerOptions.deployments(broker.kafka())
                        .living()
                        .containsKey(deployment.deploymentId())
                : Files.isDirectory(data);
    }

    /** Each life writes to a place of its own: its attempts have the numbers of earlier ones. */
    static URI storage(URI storage, String id) {
        String place = storage.toString();
        return URI.create((place.endsWith("/") ? place : place + "/") + id + "/");
    }

    /** The task groups with the numbers of tasks that are to be run. */
    static List<TaskGroup> left(DeploymentSpec deployment, List<SubmitTask> tasks) {
        Map<String, Long> open =
                tasks.stream()
                        .filter(task -> task.known() == null)
                        .collect(Collectors.groupingBy(SubmitTask::task, Collectors.counting()));
        return deployment.tasks().stream()
                .map(group -> group.withCount(open.getOrDefault(group.name(), 0L).intValue()))
                .toList();
    }
}
