package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.shell.PreloadScript;
import io.scalable.provider.shell.ShellWord;
import io.scalable.provider.shell.Utf8Locale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The script of a job array whose tasks are workers of one pool. Built from checked directives and
 * quoted words alone: no text of a user is expanded by a shell, but for the {@code preload_script},
 * which is the user's own shell code.
 */
final class JobScript {

    private static final long MIB = 1024 * 1024;
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What tells jobs that the worker's task starts that they are tasks of its job array. */
    private static final String ARRAY_VARIABLES =
            "SLURM_ARRAY_JOB_ID SLURM_ARRAY_TASK_COUNT SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_MAX"
                    + " SLURM_ARRAY_TASK_MIN SLURM_ARRAY_TASK_STEP";

    private final StringBuilder out;
    private final List<String> left;

    private JobScript(SlurmTarget target) {
        this.out = new StringBuilder(target.shebang() + "\n");
        this.left = target.skipped();
    }

    /**
     * @param tag whose the array is; its task 0 is worker {@code tag.base()}
     * @param count the array's size, at least 1
     * @param workers the folder of the workers' settings and logs
     * @param exclude nodes that no worker is to run on
     * @param command the words that run a worker, the last of which, its settings file, is left out
     * @throws IllegalArgumentException if the folder's name holds a line break, or a variable's
     *     name is none
     */
    static String of(
            SlurmTarget target,
            ComponentSpec component,
            Path directory,
            JobTag tag,
            int count,
            Path workers,
            Collection<String> exclude,
            List<String> command) {
        var script = new JobScript(target);
        script.directives(target, component, tag, count, workers, exclude);
        script.prologue(target.walltime(), tag, workers);
        component.env().forEach(script::export);
        if (component.preloadScript() != null) {
            script.line("# preload_script")
                    .line(PreloadScript.lines(component.preloadScript()).stripTrailing());
        }
        script.line(Utf8Locale.lines().stripTrailing());
        script.line("cd " + ShellWord.of(directory.toString()) + " || exit 1");
        script.line("exec " + ShellWord.command(command) + " \"$worker.json\"");
        return script.out.toString();
    }

    private void directives(
            SlurmTarget target,
            ComponentSpec component,
            JobTag tag,
            int count,
            Path workers,
            Collection<String> exclude) {
        directive("--job-name=" + tag.jobName(target.jobName()));
        directive("--comment=" + tag.comment());
        directive("--array=0-" + (count - 1));
        directive("--nodes=1");
        directive("--ntasks=1");
        directive("--cpus-per-task=" + Math.max(1, (int) Math.ceil(component.cpus())));
        directive("--mem=" + Math.ceilDiv(component.memoryBytes(), MIB) + "M");
        directive("--time=" + time(target.walltime()));
        target.directives().forEach((option, value) -> directive(option + "=" + value));
        directive("--output=" + pathPattern(workers) + "/job-%A_%a.log\"");
        directive("--no-requeue");
        if (!exclude.isEmpty()) {
            directive("--exclude=" + String.join(",", exclude));
        }
        target.extra().forEach(option -> line("#SBATCH " + option));
    }

    /** Slurm names the log by job; the worker's log is what everybody looks for. */
    private void prologue(Duration walltime, JobTag tag, Path workers) {
        line("");
        line("ends_at=$(($(date +%s) + " + walltime.toSeconds() + "))");
        line("export SCALABLE_ENDS_AT=\"${SLURM_JOB_END_TIME:-$ends_at}\"");
        line("workers=" + ShellWord.of(workers.toString()));
        String prefix = tag.deploymentId() + "-" + tag.component() + "-";
        line(
                "worker=$workers/"
                        + ShellWord.of(prefix)
                        + "$((SLURM_ARRAY_TASK_ID + "
                        + tag.base()
                        + "))");
        line(
                "mv -f \"$workers/job-${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID.log\""
                        + " \"$worker.log\"");
        line("unset " + ARRAY_VARIABLES);
    }

    private void export(String name, String value) {
        if (!ENV_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "env: a variable's name has letters, digits and _, found '" + name + "'");
        }
        line("export " + name + "=" + ShellWord.of(value));
    }

    /** A directive, unless the target leaves it out. */
    private void directive(String option) {
        String name = option.split("=", 2)[0].substring(2);
        if (!left.contains(name)) {
            line("#SBATCH " + option);
        }
    }

    private JobScript line(String text) {
        out.append(text).append('\n');
        return this;
    }

    /** {@code D-HH:MM:SS} above a day. */
    static String time(Duration walltime) {
        long days = walltime.toDays();
        String clock =
                "%02d:%02d:%02d"
                        .formatted(
                                walltime.toHoursPart(),
                                walltime.toMinutesPart(),
                                walltime.toSecondsPart());
        return days == 0 ? clock : days + "-" + clock;
    }

    /** The opening quote and the folder, in the notation of sbatch's file names. */
    private static String pathPattern(Path folder) {
        String text = folder.toString();
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException(
                    "Slurm cannot write logs into a folder whose name has a line break, a quote or"
                            + " a backslash: "
                            + text);
        }
        return "\"" + text.replace("%", "%%");
    }
}
