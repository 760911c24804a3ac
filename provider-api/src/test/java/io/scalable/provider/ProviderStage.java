package io.scalable.provider;

import io.scalable.testkit.ADeployment;
import java.util.Set;

/**
 * A provider under test and a hand on its workers. How a worker behaves follows from its
 * component's name: {@link #STEADY}, {@link #SLOW}, {@link #STUBBORN} or {@link #BROKEN}.
 */
public interface ProviderStage extends AutoCloseable {

    /** Becomes ready at once and stays until it is asked to leave. */
    String STEADY = "steady";

    /** Never becomes ready; ends when it is asked to. */
    String SLOW = "slow";

    /** Becomes ready at once and does not leave when it is asked to. */
    String STUBBORN = "stubborn";

    /** Ends with status 1 before it is ready. */
    String BROKEN = "broken";

    DeploymentProvider provider();

    /** A deployment for this provider, without pools so far. */
    ADeployment deployment(String id);

    /** The workers of a deployment that really run, by whatever means but the provider's own. */
    Set<String> alive(String deploymentId);

    /** Makes a ready worker leave by itself, as after a drain. */
    void leave(String workerId);

    /** Makes a worker end as nobody asked it to. */
    void crash(String workerId);

    /** Ends whatever still runs. */
    @Override
    void close();
}
