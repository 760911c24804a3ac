package io.scalable.provider.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command inside a container.
 *
 * @param runtime what runs it
 * @param image the image
 * @param binds folders of the host to where they appear inside; neither may hold {@code :} or
 *     {@code ,}
 * @param env the environment that it gets beside the runtime's own
 * @param directory where it begins, as seen inside
 * @param words the command, as seen inside
 */
public record ContainerCommand(
        ContainerRuntime runtime,
        String image,
        Map<String, String> binds,
        Map<String, String> env,
        Path directory,
        List<String> words) {

    public ContainerCommand {
        binds = Map.copyOf(new LinkedHashMap<>(binds));
        env = Map.copyOf(env);
        words = List.copyOf(words);
        binds.forEach(
                (from, to) -> {
                    checkPath(from);
                    checkPath(to);
                });
        if (image.startsWith("-")) {
            throw new IllegalArgumentException("an image cannot begin with '-': " + image);
        }
    }

    /**
     * Makes the places of the binds in an image that is a folder: Charliecloud wants them to be
     * there; the other runtimes make them by themselves.
     *
     * @throws IOException if one cannot be made, with what to do
     */
    public void makePlaces() throws IOException {
        if (runtime != ContainerRuntime.CHARLIECLOUD || !Files.isDirectory(Path.of(image))) {
            return;
        }
        for (String inside : binds.values()) {
            Path place = Path.of(image).resolve(inside.substring(1));
            try {
                Files.createDirectories(place);
            } catch (IOException e) {
                throw new IOException(
                        "the image "
                                + image
                                + " lacks the folder "
                                + inside
                                + ", which is to be bound there, and it cannot be made ("
                                + e.getMessage()
                                + "); make it by hand",
                        e);
            }
        }
    }

    /** The words for the host to run. */
    public List<String> onHost() {
        return switch (runtime) {
            case APPTAINER, SINGULARITY -> apptainer();
            case CHARLIECLOUD -> charliecloud();
            case DOCKER, PODMAN -> docker();
        };
    }

    private List<String> apptainer() {
        var out = new ArrayList<>(List.of(runtime.program(), "exec"));
        sorted(binds).forEach((from, to) -> out.addAll(List.of("--bind", from + ":" + to)));
        out.addAll(List.of("--pwd", directory.toString()));
        out.add(runtime.reference(image));
        out.addAll(words);
        return out;
    }

    /** It hands the host's environment on, as Apptainer does. */
    private List<String> charliecloud() {
        var out = new ArrayList<>(List.of(runtime.program()));
        sorted(binds).forEach((from, to) -> out.addAll(List.of("-b", from + ":" + to)));
        out.addAll(List.of("-c", directory.toString(), image, "--"));
        out.addAll(words);
        return out;
    }

    /** On the host's network: the broker may listen on loopback alone. */
    private List<String> docker() {
        var out =
                new ArrayList<>(
                        List.of(
                                runtime.program(),
                                "run",
                                "--rm",
                                "-i",
                                "--init",
                                "--network=host"));
        sorted(binds).forEach((from, to) -> out.addAll(List.of("-v", from + ":" + to)));
        sorted(env).forEach((name, value) -> out.addAll(List.of("-e", name + "=" + value)));
        out.addAll(List.of("-w", directory.toString(), "--entrypoint", words.getFirst(), image));
        out.addAll(words.subList(1, words.size()));
        return out;
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return new TreeMap<>(map);
    }

    private static void checkPath(String path) {
        if (path.contains(":") || path.contains(",")) {
            throw new IllegalArgumentException(
                    "container runtimes cannot bind a folder with ':' or ',' in its name: " + path);
        }
    }
}
