package io.scalable.provider.cloud.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/**
 * AWS by its SDK: region, credentials and endpoints come from its own chains (environment, profile,
 * role). Clients are made at the first call, for finding a role may take a while.
 */
final class EcsApi implements Ecs {

    /** The most that DescribeTasks takes. */
    private static final int PER_CALL = 100;

    private final AwsTarget target;
    private final SecretStore secrets;
    private @Nullable EcsClient ecs;
    private @Nullable SsmClient ssm;

    EcsApi(AwsTarget target) {
        this.target = target;
        this.secrets = new SecretStore(this::ssm, target.tags());
    }

    @Override
    public String define(TaskContent content) {
        String latest = latest(content);
        if (latest != null) {
            return latest;
        }
        return call(
                "ecs:RegisterTaskDefinition",
                () -> {
                    String region = ecs().serviceClientConfiguration().region().id();
                    return ecs().registerTaskDefinition(Wire.definition(content, region))
                            .taskDefinition()
                            .taskDefinitionArn();
                });
    }

    /** The family's latest revision if it says the same; null if not. */
    private @Nullable String latest(TaskContent content) {
        try {
            TaskDefinition found =
                    ecs().describeTaskDefinition(
                                    d ->
                                            d.taskDefinition(content.family())
                                                    .include(TaskDefinitionField.TAGS))
                            .taskDefinition();
            String hash = content.hash();
            boolean same =
                    found.status() == TaskDefinitionStatus.ACTIVE
                            && found.containerDefinitions().stream()
                                    .anyMatch(c -> hash.equals(c.dockerLabels().get(Wire.HASH)));
            return same ? found.taskDefinitionArn() : null;
        } catch (ClientException | InvalidParameterException e) {
            return null; // there is none so far, or this may not look: register one
        } catch (SdkException e) {
            AwsException error = AwsErrors.of("ecs:DescribeTaskDefinition", target, e);
            if (error.kind() == AwsException.Kind.REFUSED) {
                return null;
            }
            throw error;
        }
    }

    @Override
    public void undefine(String family) {
        List<String> arns =
                call(
                        "ecs:ListTaskDefinitions",
                        () ->
                                ecs()
                                        .listTaskDefinitionsPaginator(l -> l.familyPrefix(family))
                                        .taskDefinitionArns()
                                        .stream()
                                        .toList());
        for (String arn : arns) {
            var _ =
                    call(
                            "ecs:DeregisterTaskDefinition",
                            () -> ecs().deregisterTaskDefinition(d -> d.taskDefinition(arn)));
        }
    }

    @Override
    public void putSecret(String name, String value) {
        var _ =
                call(
                        "ssm:PutParameter",
                        () -> {
                            secrets.put(name, value);
                            return name;
                        });
    }

    @Override
    public void deleteSecret(String name) {
        var _ =
                call(
                        "ssm:DeleteParameter",
                        () -> {
                            secrets.delete(name);
                            return name;
                        });
    }

    @Override
    public Answer run(RunRequest request) {
        return call("ecs:RunTask", () -> asked(request));
    }

    private Answer asked(RunRequest request) {
        RunTaskResponse answer;
        try {
            answer = ecs().runTask(Wire.run(request, target));
        } catch (ClientException | InvalidParameterException e) {
            String message = e.awsErrorDetails().errorMessage();
            if (message != null && StopReason.noCapacity(message)) {
                return new Answer.NoCapacity(message);
            }
            throw e;
        }
        if (answer.hasTasks() && !answer.tasks().isEmpty()) {
            // What was asked for says whose it is, whatever the answer shows of its tags.
            return new Answer.Started(
                    Wire.task(
                                    answer.tasks().getFirst().toBuilder()
                                            .tags(Wire.tags(request.tags()))
                                            .build())
                            .orElseThrow());
        }
        return new Answer.NoCapacity(
                answer.failures().stream()
                        .map(EcsApi::text)
                        .findFirst()
                        .orElse("ECS started nothing and does not say why"));
    }

    private static String text(Failure failure) {
        return failure.reason() + (failure.detail() == null ? "" : ": " + failure.detail());
    }

    @Override
    public List<String> list(String startedBy, boolean stopped) {
        return call(
                "ecs:ListTasks",
                () ->
                        ecs()
                                .listTasksPaginator(
                                        l ->
                                                l.cluster(target.cluster())
                                                        .startedBy(
                                                                startedBy.isEmpty()
                                                                        ? null
                                                                        : startedBy)
                                                        .desiredStatus(
                                                                stopped
                                                                        ? DesiredStatus.STOPPED
                                                                        : DesiredStatus.RUNNING))
                                .taskArns()
                                .stream()
                                .toList());
    }

    @Override
    public List<EcsTask> describe(Collection<String> arns) {
        var all = new ArrayList<>(arns);
        var tasks = new ArrayList<EcsTask>();
        for (int from = 0; from < all.size(); from += PER_CALL) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PER_CALL));
            call(
                            "ecs:DescribeTasks",
                            () ->
                                    ecs().describeTasks(
                                                    d ->
                                                            d.cluster(target.cluster())
                                                                    .tasks(some)
                                                                    .include(TaskField.TAGS)))
                    .tasks()
                    .forEach(task -> Wire.task(task).ifPresent(tasks::add));
        }
        return tasks;
    }

    @Override
    public void stop(String arn, String reason) {
        var _ =
                call(
                        "ecs:StopTask",
                        () -> {
                            try {
                                return ecs().stopTask(
                                                s ->
                                                        s.cluster(target.cluster())
                                                                .task(arn)
                                                                .reason(reason))
                                        .toString();
                            } catch (InvalidParameterException e) {
                                return ""; // it is gone
                            }
                        });
    }

    @Override
    public synchronized void close() {
        if (ecs != null) {
            ecs.close();
        }
        if (ssm != null) {
            ssm.close();
        }
    }

    private <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsErrors.of(action, target, e);
        }
    }

    private synchronized EcsClient ecs() {
        if (ecs == null) {
            EcsClientBuilder builder = EcsClient.builder();
            if (target.region() != null) {
                builder.region(Region.of(target.region()));
            }
            ecs =
                    builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                            .overrideConfiguration(patience())
                            .build();
        }
        return ecs;
    }

    private synchronized SsmClient ssm() {
        if (ssm == null) {
            SsmClientBuilder builder = SsmClient.builder();
            if (target.region() != null) {
                builder.region(Region.of(target.region()));
            }
            ssm =
                    builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                            .overrideConfiguration(patience())
                            .build();
        }
        return ssm;
    }

    /** One repetition; waits that are longer are ours. */
    private static ClientOverrideConfiguration patience() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(2).build())
                .apiCallTimeout(Duration.ofSeconds(40))
                .apiCallAttemptTimeout(Duration.ofSeconds(20))
                .build();
    }
}
