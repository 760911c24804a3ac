package io.scalable.client;

import io.scalable.client.host.HostedProviders;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a manifest's deployment one that takes its tasks from this program. */
final class SdkDeployments {

    private SdkDeployments() {}

    /**
     * Leaves out the manifest's tasks, which are not submitted. A task's class is this program's
     * own: workers that see its folders find it there, others get the program's class path as their
     * component's.
     */
    static DeploymentSpec of(DeploymentSpec spec, ScalePlan first) {
        List<String> classpath =
                HostedProviders.isCloud(spec.target().provider()) ? ownClasspath() : List.of();
        var components = spec.components().stream().map(c -> c.withClasspath(classpath)).toList();
        return spec.withWork(components, List.of()).withInitialPlan(first);
    }

    private static List<String> ownClasspath() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator)).stream()
                .filter(entry -> !entry.isEmpty() && Files.exists(Path.of(entry)))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
    }
}
