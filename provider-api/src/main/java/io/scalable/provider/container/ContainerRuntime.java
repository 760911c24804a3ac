package io.scalable.provider.container;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A program that runs a command inside a container image. */
public enum ContainerRuntime {
    APPTAINER("apptainer", "apptainer"),
    SINGULARITY("singularity", "singularity"),
    CHARLIECLOUD("charliecloud", "ch-run"),
    DOCKER("docker", "docker"),
    PODMAN("podman", "podman");

    /** Those that need no daemon and no root, in the order they are looked for. */
    public static final List<ContainerRuntime> ON_CLUSTERS =
            List.of(APPTAINER, SINGULARITY, CHARLIECLOUD);

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*://.*", Pattern.DOTALL);

    private final String word;
    private final String program;

    ContainerRuntime(String word, String program) {
        this.word = word;
        this.program = program;
    }

    /** The word of the manifest. */
    public String word() {
        return word;
    }

    /** The program's name. */
    public String program() {
        return program;
    }

    /** The runtime that a manifest calls {@code word}. */
    public static Optional<ContainerRuntime> named(String word) {
        return Arrays.stream(values()).filter(runtime -> runtime.word.equals(word)).findFirst();
    }

    /**
     * Where its program lies.
     *
     * @param path folders as in the environment variable PATH
     */
    public Optional<Path> find(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What the runtime wants to be told for {@code image}: Apptainer takes a registry's image with
     * a scheme, files as they are.
     */
    String reference(String image) {
        boolean file = image.startsWith("/") || image.startsWith(".") || image.endsWith(".sif");
        boolean bySlug = this == APPTAINER || this == SINGULARITY;
        return !bySlug || file || SCHEME.matcher(image).matches() ? image : "docker://" + image;
    }
}
