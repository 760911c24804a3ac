package io.scalable.client;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.util.List;

/** Makes a manifest's deployment one that takes its tasks from this program. */
final class SdkDeployments {

    private SdkDeployments() {}

    /**
     * Leaves out the manifest's tasks, which are not submitted, and the components' class paths: a
     * task's class is this program's own, found where this program finds it.
     */
    static DeploymentSpec of(DeploymentSpec spec, ScalePlan first) {
        var components = spec.components().stream().map(SdkDeployments::withoutClasspath).toList();
        return spec.withWork(components, List.of()).withInitialPlan(first);
    }

    private static ComponentSpec withoutClasspath(ComponentSpec component) {
        return new ComponentSpec(
                component.name(),
                component.image(),
                component.runtime(),
                component.cpus(),
                component.memoryBytes(),
                component.slots(),
                component.bounds(),
                component.workers(),
                component.tags(),
                component.env(),
                component.mounts(),
                List.of(),
                component.preloadScript());
    }
}
