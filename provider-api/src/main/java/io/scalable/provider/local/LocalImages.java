package io.scalable.provider.local;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.container.ContainerCommand;
import io.scalable.provider.container.ContainerRuntime;
import io.scalable.provider.container.WorkerImage;
import io.scalable.provider.worker.WorkerJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Workers of this machine inside their components' images. */
final class LocalImages {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private LocalImages() {}

    /** What the target's {@code containers} names; empty for none. */
    static Optional<ContainerRuntime> runtime(TargetSpec target) {
        return ContainerRuntime.named(target.text("containers", "none"));
    }

    /**
     * The words that run a worker in its image, once the image is ready for it; empty if it runs
     * bare.
     *
     * @param options the worker's JVM's
     * @throws IOException if the image cannot be made ready
     */
    static Optional<List<String>> command(
            DeploymentSpec deployment,
            ComponentSpec component,
            LocalSettings settings,
            List<String> options,
            String mainClass,
            Path config)
            throws IOException {
        var runtime = runtime(deployment.target());
        if (runtime.isEmpty() || component.image() == null) {
            return Optional.empty();
        }
        Set<Path> folders = folders(settings.classpath());
        folders.add(settings.workDir());
        // A cache fits the Java at the path that it was made with.
        List<String> inside =
                options.stream().filter(option -> !option.startsWith("-XX:AOTCache=")).toList();
        List<String> words =
                WorkerJvm.command(
                        WorkerImage.JAVA_INSIDE,
                        component,
                        inside,
                        absolute(settings.classpath()),
                        mainClass,
                        config);
        ContainerCommand command =
                new WorkerImage(runtime.get(), JAVA_HOME, folders)
                        .command(deployment, component, words);
        command.makePlaces();
        return Optional.of(command.onHost());
    }

    /** The folders that hold a class path's entries. */
    private static Set<Path> folders(String classpath) {
        var folders = new LinkedHashSet<Path>();
        for (String entry : classpath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            folders.add(Files.isDirectory(path) ? path : path.getParent());
        }
        return folders;
    }

    private static String absolute(String classpath) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classpath.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
