package io.scalable.provider.kafka;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ProviderHost;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What a provider host has to know before it acts: the deployments and plans that were published
 * before it began, the newest of each alone. A deployment that has ended meanwhile is told with its
 * last spec, because its workers may have outlived it. Not thread-safe.
 */
final class CatchUp {

    private final Map<TopicPartition, Long> ends;
    private final Map<String, DeploymentSpec> specs = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, ScalePlan> plans = new LinkedHashMap<>();

    /**
     * @param ends where each partition ended when reading began
     */
    CatchUp(Map<TopicPartition, Long> ends) {
        this.ends = Map.copyOf(ends);
    }

    /** True once everything has been read. */
    boolean reached(ToLongFunction<TopicPartition> position) {
        return ends.entrySet().stream()
                .allMatch(end -> position.applyAsLong(end.getKey()) >= end.getValue());
    }

    void deploymentChanged(DeploymentSpec spec) {
        specs.put(spec.deploymentId(), spec);
        ended.remove(spec.deploymentId());
    }

    void deploymentEnded(String deploymentId) {
        ended.add(deploymentId);
    }

    void planChanged(ScalePlan plan) {
        plans.put(plan.deploymentId(), plan);
    }

    void planEnded(String deploymentId) {
        plans.remove(deploymentId);
    }

    /** Tells the host: deployments before plans, so that nothing is launched for one that ended. */
    void tell(ProviderHost host) {
        specs.forEach(
                (id, spec) -> {
                    host.deploymentChanged(spec);
                    if (ended.contains(id)) {
                        host.deploymentEnded(id);
                    }
                });
        plans.values().forEach(host::planChanged);
    }
}
