package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.container.ContainerCommand;
import io.scalable.provider.container.ContainerRuntime;
import io.scalable.provider.container.WorkerImage;
import io.scalable.provider.worker.WorkerJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command that runs a worker on a node: bare, or inside the component's image.
 *
 * @param mainClass the worker's program
 * @param runtime what runs images; null where none is installed or wanted
 */
record WorkerCommands(
        SlurmSettings settings, String mainClass, @Nullable ContainerRuntime runtime) {

    /** The words, but for the last: the settings file, which differs from worker to worker. */
    List<String> of(DeploymentSpec deployment, ComponentSpec component) {
        ContainerCommand inside = inImage(deployment, component);
        return inside == null
                ? java(settings.runtime().resolve("bin/java").toString(), component)
                : inside.onHost();
    }

    /**
     * Gets the component's image ready for a worker.
     *
     * @throws IOException if that cannot be done
     */
    void prepare(DeploymentSpec deployment, ComponentSpec component) throws IOException {
        ContainerCommand inside = inImage(deployment, component);
        if (inside != null) {
            inside.makePlaces();
        }
    }

    private @Nullable ContainerCommand inImage(DeploymentSpec deployment, ComponentSpec component) {
        if (component.image() == null || runtime == null) {
            return null;
        }
        var image =
                new WorkerImage(
                        runtime,
                        settings.runtime(),
                        List.of(settings.shared(), settings.workDir()));
        return image.command(deployment, component, java(WorkerImage.JAVA_INSIDE, component));
    }

    private List<String> java(String program, ComponentSpec component) {
        List<String> words =
                WorkerJvm.command(
                        program,
                        component,
                        settings.jvmOptions(),
                        settings.classpath(),
                        mainClass,
                        Path.of("-"));
        return words.subList(0, words.size() - 1);
    }
}
