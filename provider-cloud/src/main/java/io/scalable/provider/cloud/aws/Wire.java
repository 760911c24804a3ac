package io.scalable.provider.cloud.aws;

import io.scalable.worker.RemoteConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.Volume;

/** What is sent to ECS and what comes back, in ECS's own types. Pure. */
final class Wire {

    /** The label of a task definition that tells its {@link TaskContent#hash}. */
    static final String HASH = "scalable.content";

    private static final String WORKER = "worker";
    private static final String RUNTIME = "runtime";
    private static final String RUNTIME_COMMAND = "scalable-runtime";

    /** Where the runtime's container sees the volume: its own {@code home} must stay visible. */
    private static final String RUNTIME_TARGET = "/scalable-runtime";

    private static final String ROOT = "0";

    private static final String RUNTIME_VOLUME = "scalable-runtime";

    private Wire() {}

    /** A task definition: the worker, and what brings its Java where the image has none. */
    static RegisterTaskDefinitionRequest definition(TaskContent content, String region) {
        var containers = new ArrayList<ContainerDefinition>();
        containers.add(worker(content, region));
        var volumes = new ArrayList<Volume>();
        if (content.runtimeImage() != null) {
            containers.add(runtime(content, region));
            volumes.add(Volume.builder().name(RUNTIME_VOLUME).build());
        }
        int number = 0;
        for (String path : content.mounts().keySet()) {
            String name = "mount-" + number++;
            volumes.add(Volume.builder().name(name).host(h -> h.sourcePath(path)).build());
        }
        return RegisterTaskDefinitionRequest.builder()
                .family(content.family())
                .requiresCompatibilities(
                        content.fargate() ? Compatibility.FARGATE : Compatibility.EC2)
                .networkMode(content.ownNetwork() ? NetworkMode.AWSVPC : NetworkMode.BRIDGE)
                .cpu(String.valueOf(content.size().cpu()))
                .memory(String.valueOf(content.size().memoryMib()))
                .executionRoleArn(content.executionRole())
                .taskRoleArn(content.taskRole())
                .containerDefinitions(containers)
                .volumes(volumes)
                .tags(tags(content.tags()).toArray(Tag[]::new))
                .build();
    }

    private static ContainerDefinition worker(TaskContent content, String region) {
        var mounts = new ArrayList<MountPoint>();
        int number = 0;
        for (String path : content.mounts().values()) {
            mounts.add(mount("mount-" + number++, path, false));
        }
        var worker =
                ContainerDefinition.builder()
                        .name(WORKER)
                        .image(content.image())
                        .essential(true)
                        .entryPoint(content.command().getFirst())
                        .command(content.command().subList(1, content.command().size()))
                        .environment(pairs(content.environment()))
                        .stopTimeout(content.stopTimeout())
                        .linuxParameters(linux -> linux.initProcessEnabled(true))
                        .logConfiguration(logs(content, region))
                        .dockerLabels(Map.of(HASH, content.hash()));
        if (content.secret() != null) {
            worker.secrets(s -> s.name(RemoteConfig.KAFKA).valueFrom(content.secret()));
        }
        if (content.runtimeImage() != null) {
            mounts.add(mount(RUNTIME_VOLUME, content.runtimeHome(), true));
            worker.dependsOn(d -> d.containerName(RUNTIME).condition(ContainerCondition.SUCCESS));
        }
        return worker.mountPoints(mounts).build();
    }

    private static ContainerDefinition runtime(TaskContent content, String region) {
        return ContainerDefinition.builder()
                .name(RUNTIME)
                .image(content.runtimeImage())
                .essential(false)
                .user(ROOT) // as which alone the volume can be written to
                .entryPoint(RUNTIME_COMMAND)
                .command(RUNTIME_TARGET)
                .mountPoints(mount(RUNTIME_VOLUME, RUNTIME_TARGET, false))
                .logConfiguration(logs(content, region))
                .build();
    }

    private static MountPoint mount(String volume, String path, boolean readOnly) {
        return MountPoint.builder()
                .sourceVolume(volume)
                .containerPath(path)
                .readOnly(readOnly)
                .build();
    }

    private static @Nullable LogConfiguration logs(TaskContent content, String region) {
        if (content.logGroup() == null) {
            return null;
        }
        var options = new HashMap<String, String>();
        options.put("awslogs-group", content.logGroup());
        options.put("awslogs-create-group", "true");
        options.put("awslogs-region", region);
        options.put("awslogs-stream-prefix", content.family());
        return LogConfiguration.builder().logDriver(LogDriver.AWSLOGS).options(options).build();
    }

    /** The log stream of a task's worker. */
    static String stream(EcsTask task) {
        return task.family() + "/" + WORKER + "/" + task.id();
    }

    /** {@code arn:...:task-definition/FAMILY:REVISION}. */
    private static String family(@Nullable String arn) {
        String last = arn == null ? "" : arn.substring(arn.lastIndexOf('/') + 1);
        int colon = last.lastIndexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }

    /** One call of RunTask for one task. */
    static RunTaskRequest run(RunRequest request, AwsTarget target) {
        var run =
                RunTaskRequest.builder()
                        .cluster(target.cluster())
                        .taskDefinition(request.definition())
                        .count(1)
                        .clientToken(request.token())
                        .startedBy(request.startedBy())
                        .enableECSManagedTags(true)
                        .propagateTags(PropagateTags.TASK_DEFINITION)
                        .tags(tags(request.tags()))
                        .overrides(
                                o ->
                                        o.containerOverrides(
                                                c ->
                                                        c.name(WORKER)
                                                                .environment(
                                                                        pairs(
                                                                                request
                                                                                        .environment()))));
        // A cluster need not know of FARGATE as a capacity provider.
        if (request.capacity().equals(RunRequest.EC2)
                || request.capacity().equals(RunRequest.FARGATE)) {
            run.launchType(request.capacity());
        } else {
            run.capacityProviderStrategy(s -> s.capacityProvider(request.capacity()).weight(1));
        }
        if (!target.subnets().isEmpty()) {
            run.networkConfiguration(n -> n.awsvpcConfiguration(network(target)));
        }
        return run.build();
    }

    private static AwsVpcConfiguration network(AwsTarget target) {
        var network =
                AwsVpcConfiguration.builder()
                        .subnets(target.subnets())
                        .securityGroups(target.securityGroups());
        // Tasks on instances have no address of their own on the internet.
        if (target.fargate()) {
            network.assignPublicIp(
                    target.publicIp() ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED);
        }
        return network.build();
    }

    /** A worker's task; empty if its tags name no worker. */
    static Optional<EcsTask> task(Task task) {
        var tags = new HashMap<String, String>();
        task.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        String deployment = tags.get(Ownership.DEPLOYMENT);
        String worker = tags.get(Ownership.WORKER);
        if (deployment == null || worker == null) {
            return Optional.empty();
        }
        String provider = task.capacityProviderName();
        String launchType = task.launchTypeAsString();
        return Optional.of(
                new EcsTask(
                        task.taskArn(),
                        deployment,
                        tags.getOrDefault(Ownership.COMPONENT, ""),
                        worker,
                        family(task.taskDefinitionArn()),
                        task.lastStatus(),
                        provider != null ? provider : launchType == null ? "" : launchType,
                        task.createdAt() == null ? Instant.EPOCH : task.createdAt(),
                        task.startedAt(),
                        stop(task)));
    }

    private static EcsTask.@Nullable Stop stop(Task task) {
        if (!"STOPPED".equals(task.desiredStatus()) && !"STOPPED".equals(task.lastStatus())) {
            return null;
        }
        Optional<Container> worker =
                task.containers().stream().filter(c -> WORKER.equals(c.name())).findFirst();
        String told =
                task.containers().stream()
                        .map(c -> c.reason() == null ? "" : c.name() + ": " + c.reason())
                        .filter(reason -> !reason.isEmpty())
                        .reduce((a, b) -> a + "; " + b)
                        .orElse("");
        return new EcsTask.Stop(
                task.stopCodeAsString() == null ? "" : task.stopCodeAsString(),
                task.stoppedReason() == null ? "" : task.stoppedReason(),
                worker.map(Container::exitCode).orElse(null),
                told,
                worker.map(Container::image).orElse(""));
    }

    private static List<KeyValuePair> pairs(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(e -> KeyValuePair.builder().name(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }
}
