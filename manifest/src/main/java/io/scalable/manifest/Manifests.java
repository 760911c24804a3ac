package io.scalable.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads manifests. */
public final class Manifests {

    private Manifests() {}

    /**
     * Reads and checks a manifest: all of its targets, under all of its overlays.
     *
     * @param file the manifest; relative paths within it mean its folder
     * @param env what {@code ${VAR}} stands for
     * @return the manifest or what is wrong with it
     * @throws IOException if the file cannot be read
     */
    public static LoadedManifest load(Path file, Map<String, String> env) throws IOException {
        return load(file, folder(file), env, Settings.none());
    }

    /**
     * The same of a copy that lies elsewhere.
     *
     * @param folder what relative paths within it mean
     * @param settings laid over it and its overlays
     */
    public static LoadedManifest load(
            Path copy, Path folder, Map<String, String> env, Settings settings) throws IOException {
        try (var in = Files.newInputStream(copy)) {
            byte[] bytes = in.readNBytes(YamlText.LARGEST_BYTES + 1);
            return read(bytes, copy, folder, env, settings, Machine.here());
        }
    }

    /**
     * The same from text at hand.
     *
     * @param name what problems call it
     * @param folder what relative paths within it mean
     */
    public static LoadedManifest parse(
            String yaml, String name, Path folder, Map<String, String> env) {
        return read(
                yaml.getBytes(StandardCharsets.UTF_8),
                Path.of(name),
                folder,
                env,
                Settings.none(),
                Machine.here());
    }

    /**
     * The same from bytes at hand.
     *
     * @param file says where they come from
     * @param machine where local targets would run
     */
    static LoadedManifest read(byte[] bytes, Path file, Map<String, String> env, Machine machine) {
        return read(bytes, file, folder(file), env, Settings.none(), machine);
    }

    private static LoadedManifest read(
            byte[] bytes,
            Path file,
            Path folder,
            Map<String, String> env,
            Settings settings,
            Machine machine) {
        var problems = new Problems(file.toString());
        Manifest manifest = manifest(bytes, file, folder, env, settings, machine, problems);
        return manifest == null
                ? new LoadedManifest(problems.all(), null)
                : new LoadedManifest(manifest.problems(null, null), manifest);
    }

    private static @Nullable Manifest manifest(
            byte[] bytes,
            Path file,
            Path folder,
            Map<String, String> env,
            Settings settings,
            Machine machine,
            Problems problems) {
        Node node = YamlText.compose(bytes, problems);
        if (node == null) {
            return null;
        }
        var variables = new Variables(env);
        Yaml tree = new YamlTree(variables, problems).of(node);
        if (!(tree instanceof Yaml.Fields root)) {
            problems.add(
                    Code.E_BAD_YAML,
                    "",
                    tree.at(),
                    "the manifest must be a map that begins 'version: 1', found "
                            + tree.describe());
            return null;
        }
        if (Extent.isBomb(root)) {
            problems.add(
                    Code.E_BAD_YAML,
                    "",
                    root.at(),
                    "aliases make the manifest far too large or deep");
            return null;
        }
        Yaml.Fields set = SettingsTree.of(settings, variables, problems);
        Views views = Views.of(root, set, variables, problems);
        return new Manifest(
                file.toString(),
                folder.toAbsolutePath().normalize(),
                views,
                variables,
                machine,
                problems.all());
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
