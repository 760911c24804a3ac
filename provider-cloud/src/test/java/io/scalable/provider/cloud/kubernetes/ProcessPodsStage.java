package io.scalable.provider.cloud.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Kubernetes provider on a real control plane with nodes whose pods are processes. The program
 * of a pod is a script in place of Java, which behaves as its worker's name says.
 */
final class ProcessPodsStage implements ProviderStage {

    /** It tells what it does by files in the folder beside it. */
    private static final String SCRIPT =
            """
            #!/bin/sh
            PATH=/usr/bin:/bin
            [ -n "$SCALABLE_KAFKA" ] || { echo "no broker"; exit 9; }
            home=$(dirname "$0")/..
            id=$(printf '%s' "$SCALABLE_WORKER" | sed 's/.*"workerId":"\\([^"]*\\)".*/\\1/')
            echo "this is $id"
            case $id in
                *-broken-*) exit 1 ;;
                *-stubborn-*) trap '' TERM ;;
                *) trap 'exit 0' TERM ;;
            esac
            echo $$ > "$home/$id.draft" && mv "$home/$id.draft" "$home/$id.pid"
            case $id in *-slow-*) ;; *) : > "$home/$id.ready" ;; esac
            while [ ! -e "$home/$id.leave" ]; do sleep 0.2; done
            """;

    private final RealCluster cluster;
    private final Path home;
    private final String label;
    private final ReportedWorkers reported = new ReportedWorkers();
    private final KubernetesProvider provider;
    private final ScheduledExecutorService ears =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("ears").factory());

    ProcessPodsStage(RealCluster cluster, Path home, String kubeconfig, String label)
            throws IOException {
        this.cluster = cluster;
        this.home = home;
        this.label = label;
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, SCRIPT);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var settings =
                new CloudSettings(
                        Map.of("bootstrap.servers", "broker:9092"),
                        reported,
                        InstantSource.system(),
                        () -> {});
        provider =
                new KubernetesProvider("kubernetes", settings, _ -> RealCluster.client(kubeconfig));
        var unused = ears.scheduleAtFixedRate(this::hear, 0, 50, TimeUnit.MILLISECONDS);
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        String[] pair = label.split("=");
        return Deployments.aDeployment(id)
                .provider("kubernetes")
                .option("namespace", new TextNode(cluster.namespace))
                .option("image", new TextNode("none"))
                .option("runtime", new TextNode("preinstalled"))
                .option("runtime_path", new TextNode(home.toString()))
                .option("resources", JsonNodeFactory.instance.objectNode())
                .option(
                        "node_selector",
                        JsonNodeFactory.instance.objectNode().put(pair[0], pair[1]));
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return files(".pid")
                .filter(id -> id.startsWith(deploymentId + "-"))
                .filter(id -> process(id).isAlive())
                .collect(Collectors.toSet());
    }

    @Override
    public void leave(String workerId) {
        try {
            Files.createFile(home.resolve(workerId + ".leave"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void crash(String workerId) {
        boolean unused = process(workerId).destroyForcibly();
    }

    @Override
    public void close() {
        ears.shutdownNow();
        files(".pid").forEach(this::crash);
    }

    private void hear() {
        files(".ready")
                .forEach(
                        id -> {
                            boolean unused =
                                    reported.heard(
                                            new WorkerReady(
                                                    "d",
                                                    id,
                                                    "c",
                                                    1,
                                                    0,
                                                    "h",
                                                    1,
                                                    null,
                                                    Instant.now()));
                        });
    }

    private Stream<String> files(String kind) {
        try (Stream<Path> all = Files.list(home)) {
            List<String> ids =
                    all.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(kind))
                            .map(name -> name.substring(0, name.length() - kind.length()))
                            .toList();
            return ids.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process(String workerId) {
        try {
            return new Process(
                    Long.parseLong(Files.readString(home.resolve(workerId + ".pid")).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pod's process, which another process started. */
    private record Process(long pid) {

        boolean isAlive() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }

        boolean destroyForcibly() {
            return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
        }
    }
}
