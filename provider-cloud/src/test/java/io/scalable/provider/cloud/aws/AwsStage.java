package io.scalable.provider.cloud.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The AWS provider on an {@link EcsServer}. Workers are real processes of a program that stands
 * where images have their Java, and behaves as its component is called.
 */
final class AwsStage implements ProviderStage {

    static final AwsPacing QUICK =
            new AwsPacing(
                    Duration.ofMillis(150),
                    Duration.ofMillis(150),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    2);

    private static final String PROGRAM =
            """
            #!/bin/sh
            folder=${0%/bin/java}
            id=$(printf %s "$SCALABLE_WORKER" | sed -n 's/.*"workerId":"\\([^"]*\\)".*/\\1/p')
            printf %s "$SCALABLE_KAFKA" >"$folder/kafka/$id"
            trap 'exit 0' USR1
            trap 'exit 143' TERM
            case $id in
                *-broken-*) exit 1 ;;
                *-slow-*) ;;
                *-stubborn-*) trap '' TERM; : >"$folder/ready/$id" ;;
                *) : >"$folder/ready/$id" ;;
            esac
            while :; do sleep 1000 & wait $!; done
            """;

    private final EcsServer server;
    private final Path folder;
    private final ReportedWorkers reported = new ReportedWorkers();
    private final CloudSettings settings;
    private final AwsProvider provider;
    private final Map<String, JsonNode> options = new LinkedHashMap<>();

    AwsStage(EcsServer server, Path folder) {
        this(server, folder, Map.of("bootstrap.servers", "broker:9092"), QUICK);
    }

    AwsStage(EcsServer server, Path folder, Map<String, String> kafka, AwsPacing pacing) {
        this.server = server;
        this.folder = folder;
        settings = new CloudSettings(kafka, reported, InstantSource.system(), () -> {});
        provider = new AwsProvider(settings, pacing);
        try {
            for (String name : List.of("bin", "ready", "kafka")) {
                Files.createDirectories(folder.resolve(name));
            }
            Path program = folder.resolve("bin/java");
            Files.writeString(program, PROGRAM);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.reset();
        server.set(Map.of("step", 0.05));
    }

    /** A further option of all targets from now on. */
    AwsStage option(String key, String value) {
        options.put(key, TextNode.valueOf(value));
        return this;
    }

    AwsStage spot() {
        options.put("spot", BooleanNode.TRUE);
        return this;
    }

    /** Another process that runs the same deployments. */
    AwsProvider anotherProvider(AwsPacing pacing) {
        return new AwsProvider(settings, pacing);
    }

    ReportedWorkers reported() {
        return reported;
    }

    @Override
    public DeploymentProvider provider() {
        listen();
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        ADeployment deployment = Deployments.aDeployment(id).provider("aws");
        target().forEach(deployment::option);
        return deployment;
    }

    /** The options of a target. */
    private Map<String, JsonNode> target() {
        var target = new LinkedHashMap<String, JsonNode>();
        target.put("image", TextNode.valueOf("example/model:1"));
        target.put("subnets", TextNode.valueOf("subnet-1"));
        target.put("security_groups", TextNode.valueOf("sg-1"));
        target.put("execution_role_arn", TextNode.valueOf("arn:aws:iam::1:role/start"));
        target.put("runtime", TextNode.valueOf("preinstalled"));
        target.put("runtime_path", TextNode.valueOf(folder.toString()));
        target.putAll(options);
        return target;
    }

    @Override
    public Set<String> alive(String deploymentId) {
        listen();
        return running()
                .filter(task -> task.deployment().equals(deploymentId))
                .map(EcsServer.Seen::worker)
                .collect(Collectors.toSet());
    }

    /** What a worker was told of the broker. */
    String kafka(String workerId) {
        try {
            return Files.readString(folder.resolve("kafka").resolve(workerId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void leave(String workerId) {
        signal(workerId, "-USR1");
    }

    @Override
    public void crash(String workerId) {
        signal(workerId, "-KILL");
    }

    @Override
    public void close() {
        server.reset();
    }

    private void signal(String workerId, String signal) {
        running()
                .filter(task -> task.worker().equals(workerId))
                .forEach(
                        task -> {
                            try {
                                int _ =
                                        new ProcessBuilder("kill", signal, "" + task.pid())
                                                .start()
                                                .waitFor();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private Stream<EcsServer.Seen> running() {
        return server.tasks().stream().filter(task -> task.pid() > 0);
    }

    /** Hears what workers would say on Kafka. */
    private void listen() {
        try (Stream<Path> files = Files.list(folder.resolve("ready"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
                String id = file.getFileName().toString();
                boolean _ =
                        reported.heard(
                                new WorkerReady("", id, "", 1, 0, "", 1, null, Deployments.START));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
