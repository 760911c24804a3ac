package io.scalable.provider.reconcile;

import io.scalable.contracts.deployment.DeploymentSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Workers that the backend lists alive though nobody tracks them: they hold room, and cost money,
 * until they are gone.
 *
 * @param byPool how many of each component; an id that tells no component counts for {@code ""}
 */
public record Strays(Map<String, Integer> byPool) {

    public static final Strays NONE = new Strays(Map.of());

    public Strays {
        byPool = Map.copyOf(byPool);
    }

    /** Sorts workers by the component that their ids name. */
    public static Strays of(DeploymentSpec deployment, Collection<String> workerIds) {
        String prefix = deployment.deploymentId() + "-";
        var byPool = new HashMap<String, Integer>();
        for (String id : workerIds) {
            int dash = id.lastIndexOf('-');
            boolean named = id.startsWith(prefix) && dash > prefix.length();
            byPool.merge(named ? id.substring(prefix.length(), dash) : "", 1, Integer::sum);
        }
        return new Strays(byPool);
    }

    int all() {
        return byPool.values().stream().mapToInt(Integer::intValue).sum();
    }

    int of(String component) {
        return byPool.getOrDefault(component, 0);
    }
}
