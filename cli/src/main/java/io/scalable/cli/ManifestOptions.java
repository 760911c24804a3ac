package io.scalable.cli;

import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of every command that reads a manifest. */
final class ManifestOptions extends GoalOptions {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "scalable.yaml",
            description = "The manifest (default: ./scalable.yaml).")
    Path file;

    @Option(
            names = "--target",
            paramLabel = "T",
            description =
                    "The target (default: slurm inside a Slurm job, else 'local', else the first).")
    @Nullable String target;

    @Option(
            names = "--overlay",
            paramLabel = "O",
            description = "The overlay to lay over the manifest (default: the target's, if any).")
    @Nullable String overlay;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Lay a value over the manifest and its overlay, such as"
                            + " targets.local.max_workers=8; may be given several times.")
    List<String> set = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /** The manifest for the target that was asked for; its warnings go to standard error. */
    ResolvedManifest resolve() throws IOException {
        Map<String, String> env = System.getenv();
        ResolvedManifest resolved = ManifestFile.load(file, set).resolve(target, overlay, env);
        messages().problems(resolved.warnings());
        return resolved;
    }

    Messages messages() {
        return new Messages(command.commandLine().getErr());
    }

    /** What is done and takes a while, on standard error. */
    void tell(String words) {
        messages().tell(words);
    }

    /** What a person should know before anything starts, on standard error. */
    void warn(List<String> warnings) {
        messages().warn(warnings);
    }
}
