package io.scalable.provider.container;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts workers into their components' images. A worker brings its own Java by a bind, so that the
 * image needs none.
 *
 * @param runtime what runs the images
 * @param java the folder of the workers' Java on the host
 * @param folders what a worker needs besides: seen inside at the same place
 */
public record WorkerImage(ContainerRuntime runtime, Path java, Collection<Path> folders) {

    /** The workers' Java program, as seen inside. */
    public static final String JAVA_INSIDE = "/opt/scalable/bin/java";

    private static final String INSIDE = "/opt/scalable";

    public WorkerImage {
        folders = List.copyOf(folders);
    }

    /**
     * The command for {@code component}, which has an image.
     *
     * @param words the worker's command, which begins with {@link #JAVA_INSIDE}
     * @throws IllegalArgumentException if a folder cannot be bound
     */
    public ContainerCommand command(
            DeploymentSpec deployment, ComponentSpec component, List<String> words) {
        String image = component.image();
        if (image == null) {
            throw new IllegalArgumentException(component.name() + " has no image");
        }
        var binds = new LinkedHashMap<String, String>();
        folders.forEach(folder -> binds.put(folder.toString(), folder.toString()));
        binds.put(deployment.directory(), deployment.directory());
        if ("file".equals(deployment.storage().getScheme())) {
            String storage = Path.of(deployment.storage()).toString();
            binds.put(storage, storage);
        }
        binds.put(java.toString(), INSIDE);
        binds.putAll(component.mounts());
        return new ContainerCommand(
                runtime,
                image,
                withoutNested(binds),
                component.env(),
                Path.of(deployment.directory()),
                words);
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
