package io.scalable.provider.cloud.gcp;

import io.scalable.provider.cloud.gcp.CloudRun.Operation;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All pools at a time, and how some operations are.
 *
 * @param operations those that are done, by worker
 */
record Look(List<SeenPool> pools, Map<String, Operation> operations) {

    /**
     * Asks; blocks.
     *
     * @param open names of operations, by worker
     * @param most how many of them to ask for: the others have their turn when these are done
     */
    static Look at(CloudRun cloud, Map<String, String> open, int most) {
        List<SeenPool> pools = cloud.list();
        var found = new HashMap<String, Operation>();
        open.entrySet().stream()
                .limit(most)
                .forEach(
                        entry -> {
                            Operation operation = operation(cloud, entry.getValue());
                            if (operation.done()) {
                                found.put(entry.getKey(), operation);
                            }
                        });
        return new Look(pools, found);
    }

    /** One that is not known any more was done; of one that nobody tells the listing does. */
    private static Operation operation(CloudRun cloud, String name) {
        try {
            return cloud.operation(name);
        } catch (GoogleException e) {
            return new Operation(name, e.kind() == Kind.MISSING, null);
        }
    }
}
