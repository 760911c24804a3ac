package io.scalable.cli;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that reads a manifest. */
final class ManifestOptions {

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
            names = "--objective",
            paramLabel = "O",
            converter = ObjectiveConverter.class,
            description =
                    "'minimize cost', 'minimize time' or balance (default: the target's, else"
                            + " balance).")
    @Nullable Objective objective;

    @Option(
            names = "--policy",
            paramLabel = "P",
            converter = PolicyConverter.class,
            description = "safe, aggressive or manual (default: the target's, else safe).")
    @Nullable Policy policy;

    @Option(
            names = "--overlay",
            paramLabel = "O",
            description = "The overlay to lay over the manifest (default: the target's, if any).")
    @Nullable String overlay;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /** The manifest for the target that was asked for; its warnings go to standard error. */
    ResolvedManifest resolve() throws IOException {
        Map<String, String> env = System.getenv();
        ResolvedManifest resolved = ManifestFile.load(file).resolve(target, overlay, env);
        resolved.warnings().forEach(command.commandLine().getErr()::println);
        command.commandLine().getErr().flush();
        return resolved;
    }

    /** What a person should know before anything starts, on standard error. */
    void warn(List<String> warnings) {
        PrintWriter err = command.commandLine().getErr();
        warnings.forEach(warning -> err.println("scalable: warning: " + warning));
        err.flush();
    }

    static final class ObjectiveConverter implements ITypeConverter<Objective> {
        @Override
        public Objective convert(String value) {
            return Objective.parse(value.replace('-', ' ').replace('_', ' '))
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no objective; choose "
                                                    + Arrays.stream(Objective.values())
                                                            .map(o -> "'" + o.text() + "'")
                                                            .collect(Collectors.joining(", "))));
        }
    }

    static final class PolicyConverter implements ITypeConverter<Policy> {
        @Override
        public Policy convert(String value) {
            return Policy.parse(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no policy; choose "
                                                    + Arrays.stream(Policy.values())
                                                            .map(Policy::text)
                                                            .collect(Collectors.joining(", "))));
        }
    }
}
