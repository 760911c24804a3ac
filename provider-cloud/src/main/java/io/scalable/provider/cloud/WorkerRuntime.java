package io.scalable.provider.cloud;

import io.scalable.contracts.deployment.TargetSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker's own Java and jars are inside its container: {@code <home>/bin/java} and {@code
 * <home>/lib/*.jar}. Components' images need neither.
 *
 * @param home an absolute path inside the container
 * @param image the image that holds {@code home} and copies it to the folder that it is started
 *     with ({@code scalable-runtime FOLDER}); null if the components' images have it already
 */
public record WorkerRuntime(String home, @Nullable String image) {

    /** Where the runtime is unless the target says otherwise. */
    public static final String HOME = "/opt/scalable";

    /** The image of the runtime unless the target names another. */
    public static final String IMAGE = "scalable/worker-runtime:0.1.0";

    /**
     * The runtime of a target: {@code runtime: preinstalled} says that images have it, {@code
     * runtime_image} and {@code runtime_path} name another image and place.
     */
    public static WorkerRuntime of(TargetSpec target) {
        String home = target.text("runtime_path", HOME);
        boolean preinstalled = target.text("runtime", "").equals("preinstalled");
        return new WorkerRuntime(home, preinstalled ? null : target.text("runtime_image", IMAGE));
    }

    /** The java program. */
    String java() {
        return home + "/bin/java";
    }

    /** The worker's class path, in Java's own notation. */
    String classpath() {
        return home + "/lib/*";
    }
}
