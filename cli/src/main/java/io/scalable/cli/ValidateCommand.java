package io.scalable.cli;

import io.scalable.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a manifest and lists all its problems. */
@Command(
        name = "validate",
        description = "Check a manifest; lists every problem with file, line and column.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the manifest is valid, though there may be warnings",
            "1:it has errors, or lacks the target or overlay that was asked for",
            "2:wrong usage, or the file cannot be read"
        })
final class ValidateCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "scalable.yaml",
            description = "The manifest (default: ./scalable.yaml).")
    Path file;

    @Option(
            names = "--target",
            paramLabel = "T",
            description = "Check for this target only (default: for all of them).")
    @Nullable String target;

    @Option(
            names = "--overlay",
            paramLabel = "O",
            description = "Check under this overlay (default: those that targets name).")
    @Nullable String overlay;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Lay a value over the manifest and its overlay, such as"
                            + " targets.local.max_workers=8; may be given several times.")
    List<String> set = new ArrayList<>();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Problem> problems = ManifestFile.load(file, set).problems(target, overlay);
        var verdict = Verdict.of(problems);
        var lines = new ArrayList<>(problems.stream().map(Problem::toString).toList());
        lines.add(file + ": " + verdict.summary());
        Output.of(spec).one(lines, verdict, "");
        return ExitStatus.of(verdict.ok());
    }

    /** The answer as JSON. */
    record Verdict(boolean ok, List<Finding> errors, List<Finding> warnings) {

        static Verdict of(List<Problem> problems) {
            List<Finding> errors = findings(problems, true);
            return new Verdict(errors.isEmpty(), errors, findings(problems, false));
        }

        private static List<Finding> findings(List<Problem> problems, boolean errors) {
            return problems.stream().filter(p -> p.isError() == errors).map(Finding::of).toList();
        }

        String summary() {
            String noted = warnings.isEmpty() ? "" : ", " + count(warnings.size(), "warning");
            return (ok ? "valid" : count(errors.size(), "error")) + noted;
        }

        private static String count(int number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }

    /** A problem as JSON; line and column begin at 1. */
    record Finding(String code, String path, int line, int column, String message) {
        static Finding of(Problem problem) {
            return new Finding(
                    problem.code(),
                    problem.path(),
                    problem.line(),
                    problem.column(),
                    problem.message());
        }
    }
}
