package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.container.ContainerCommand;
import io.scalable.provider.container.ContainerRuntime;
import io.scalable.provider.worker.WorkerJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command that runs a worker on a node: bare, or inside the component's image, into which the
 * worker brings its own Java by a bind.
 *
 * @param mainClass the worker's program
 * @param runtime what runs images; null where none is installed or wanted
 */
record WorkerCommands(
        SlurmSettings settings, String mainClass, @Nullable ContainerRuntime runtime) {

    /** Where the worker's Java appears inside a container. */
    static final Path INSIDE = Path.of("/opt/scalable");

    /** The words, but for the last: the settings file, which differs from worker to worker. */
    List<String> of(DeploymentSpec deployment, ComponentSpec component) {
        ContainerCommand inside = inImage(deployment, component);
        return inside == null ? java(settings.runtime(), component) : inside.onHost();
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
        String image = component.image();
        if (image == null || runtime == null) {
            return null;
        }
        var binds = new LinkedHashMap<String, String>();
        for (Path shared : List.of(settings.shared(), settings.workDir())) {
            binds.put(shared.toString(), shared.toString());
        }
        binds.put(deployment.directory(), deployment.directory());
        if ("file".equals(deployment.storage().getScheme())) {
            String storage = Path.of(deployment.storage()).toString();
            binds.put(storage, storage);
        }
        binds.put(settings.runtime().toString(), INSIDE.toString());
        binds.putAll(component.mounts());
        return new ContainerCommand(
                runtime,
                image,
                withoutNested(binds),
                component.env(),
                Path.of(deployment.directory()),
                java(INSIDE, component));
    }

    private List<String> java(Path runtime, ComponentSpec component) {
        List<String> words =
                WorkerJvm.command(
                        runtime.resolve("bin/java").toString(),
                        component,
                        settings.jvmOptions(),
                        settings.classpath(),
                        mainClass,
                        Path.of("-"));
        return words.subList(0, words.size() - 1);
    }

    /** A folder that lies in one which is bound at its own place is there already. */
    private static Map<String, String> withoutNested(Map<String, String> binds) {
        var out = new LinkedHashMap<>(binds);
        out.entrySet()
                .removeIf(
                        bind ->
                                bind.getKey().equals(bind.getValue())
                                        && binds.entrySet().stream()
                                                .anyMatch(other -> holds(other, bind.getKey())));
        return out;
    }

    private static boolean holds(Map.Entry<String, String> outer, String inner) {
        return outer.getKey().equals(outer.getValue())
                && !outer.getKey().equals(inner)
                && Path.of(inner).startsWith(Path.of(outer.getKey()));
    }
}
