package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.scalable.provider.cloud.kubernetes.ApiProblem.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The workers' pods of a cluster, of whichever deployment. Calls take some seconds; they throw
 * {@link RuntimeException}s that say why if the API server does not answer or refuses.
 */
public final class KubernetesWorkers implements AutoCloseable {

    private static final int NOW = 0;
    private static final Map<String, String> OURS =
            Map.of(Ownership.MANAGED_BY, Ownership.SCALABLE);

    private final KubernetesClient client;

    /**
     * A worker's pod.
     *
     * @param uid the pod's; a later pod of its name has another
     * @param createdAt by the API server's clock
     * @param ended true if the worker has ended and only its pod is left
     * @param state how it is, for people
     */
    public record WorkersPod(
            String namespace,
            String name,
            String uid,
            String deploymentId,
            String workerId,
            Instant createdAt,
            boolean ended,
            String state) {}

    /**
     * @param client closed with this
     */
    public KubernetesWorkers(KubernetesClient client) {
        this.client = client;
    }

    /**
     * By this machine's configuration.
     *
     * @param context of the kubeconfig; null for the current one
     */
    public static KubernetesWorkers connect(@Nullable String context) {
        return new KubernetesWorkers(KubernetesClients.tuned(KubernetesClients.config(context)));
    }

    /**
     * All pods of workers, ended ones too.
     *
     * @param namespace where; null for all namespaces, which needs the right to list pods there
     */
    public List<WorkersPod> all(@Nullable String namespace) {
        var pods =
                namespace == null
                        ? client.pods().inAnyNamespace().withLabels(OURS).list()
                        : client.pods().inNamespace(namespace).withLabels(OURS).list();
        return pods.getItems().stream()
                .flatMap(pod -> Ownership.of(pod).stream().map(owner -> found(pod, owner)))
                .toList();
    }

    /**
     * Deletes pods at once, then the Secrets of deployments of which nothing is left. Pods that are
     * gone, or were made anew, are left alone.
     */
    public void delete(Collection<WorkersPod> pods) {
        var swept = new LinkedHashSet<WorkersPod>(pods);
        for (WorkersPod pod : swept) {
            try {
                api(pod.namespace()).delete(pod.name(), pod.uid(), NOW);
            } catch (ApiException e) {
                if (e.problem().kind() != Kind.ABSENT && e.problem().kind() != Kind.CONFLICT) {
                    throw e;
                }
            }
        }
        swept.stream()
                .collect(
                        Collectors.groupingBy(
                                WorkersPod::namespace,
                                Collectors.mapping(WorkersPod::deploymentId, Collectors.toSet())))
                .forEach(this::deleteSecrets);
    }

    @Override
    public void close() {
        client.close();
    }

    private void deleteSecrets(String namespace, Set<String> deployments) {
        Set<String> alive =
                all(namespace).stream().map(WorkersPod::deploymentId).collect(Collectors.toSet());
        deployments.stream()
                .filter(deployment -> !alive.contains(deployment))
                .forEach(
                        deployment ->
                                api(namespace).deleteSecret(Ownership.secretName(deployment)));
    }

    private ClientPodApi api(String namespace) {
        return new ClientPodApi(client, namespace, new ApiCalls());
    }

    private static WorkersPod found(Pod pod, Ownership owner) {
        PodEnd end = PodEnd.of(pod);
        String created = pod.getMetadata().getCreationTimestamp();
        return new WorkersPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                owner.deploymentId(),
                owner.workerId(),
                created == null ? Instant.EPOCH : Instant.parse(created),
                end != null,
                end != null
                        ? end.message()
                        : Containers.runs(pod) ? Containers.place(pod) : PodWait.of(pod).reason());
    }
}
