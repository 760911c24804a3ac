package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Verbs for tests of manifests. A {@code §} in a text marks where a problem is expected. */
final class ManifestTester {

    static final Path FILE = Path.of("work/scalable.yaml");
    private static final String MARK = "§";

    private ManifestTester() {}

    static LoadedManifest load(String yaml) {
        return load(yaml, Map.of());
    }

    static LoadedManifest load(String yaml, Map<String, String> env) {
        return Manifests.read(yaml.getBytes(StandardCharsets.UTF_8), FILE, env, Machine.BOUNDLESS);
    }

    static ResolvedManifest resolve(String yaml) {
        return load(yaml).orThrow().resolve(null, Map.of());
    }

    static DeploymentSpec deployment(String yaml) {
        return deployment(resolve(yaml));
    }

    static DeploymentSpec deployment(ResolvedManifest manifest) {
        return manifest.deployment(
                new DeploymentRequest(
                        "run-1",
                        Instant.EPOCH,
                        "standalone",
                        URI.create("file:///data"),
                        null,
                        null));
    }

    static List<SubmitTask> submissions(String yaml) {
        return resolve(yaml).submissions("run-1");
    }

    /** Loads {@code marked}; its only error must be {@code code} at the mark. */
    static Problem onlyError(String code, String marked) {
        List<Problem> errors = load(marked.replace(MARK, "")).errors();
        assertThat(errors).extracting(Problem::code).containsExactly(code);
        return atMark(errors.getFirst(), marked);
    }

    /** Loads {@code marked}; it must have no error and a warning {@code code} at the mark. */
    static Problem warning(String code, String marked) {
        LoadedManifest loaded = load(marked.replace(MARK, ""));
        assertThat(loaded.errors()).isEmpty();
        List<Problem> found =
                loaded.warnings().stream().filter(w -> w.code().equals(code)).toList();
        assertThat(found).hasSize(1);
        return atMark(found.getFirst(), marked);
    }

    private static Problem atMark(Problem problem, String marked) {
        String before = marked.substring(0, marked.indexOf(MARK));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        assertThat(problem.line() + ":" + problem.column()).isEqualTo(line + ":" + column);
        assertThat(problem.file()).isEqualTo("work/scalable.yaml");
        return problem;
    }
}
