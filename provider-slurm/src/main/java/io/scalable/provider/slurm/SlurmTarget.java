package io.scalable.provider.slurm;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Slurm target's options, checked: nothing in them can break out of a directive of a job script.
 *
 * @param directives options of sbatch from the target's keys, such as {@code --partition}
 * @param extra further options of sbatch, as the user wrote them
 * @param walltime each job's limit, at least a minute
 * @param runtime what the user wants to run images: a runtime's word, {@code none}, or empty for
 *     whatever is installed
 * @param jobName the jobs' name
 * @param findings what is wrong
 */
record SlurmTarget(
        Map<String, String> directives,
        List<String> extra,
        Duration walltime,
        String runtime,
        String jobName,
        List<Finding> findings) {

    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("queue", "--partition");
        KEYS.put("account", "--account");
        KEYS.put("qos", "--qos");
        KEYS.put("constraint", "--constraint");
        KEYS.put("reservation", "--reservation");
    }

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.,:@&|*()\\[\\]!+-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,100}");
    private static final Pattern OPTION =
            Pattern.compile("(--?[A-Za-z][A-Za-z0-9-]*)([= ][^\\n\\r\\x00]*)?");

    /** Options that say which job is which worker, or how large it is. */
    private static final List<String> OURS =
            List.of(
                    "--array",
                    "-a",
                    "--comment",
                    "--output",
                    "-o",
                    "--error",
                    "-e",
                    "--time",
                    "-t",
                    "--mem",
                    "--cpus-per-task",
                    "-c",
                    "--ntasks",
                    "-n",
                    "--requeue",
                    "--parsable",
                    "--wrap",
                    "--job-name",
                    "-J");

    static SlurmTarget of(DeploymentSpec deployment) {
        TargetSpec target = deployment.target();
        String path = "targets." + target.name() + ".";
        var findings = new ArrayList<Finding>();
        var directives = new LinkedHashMap<String, String>();
        KEYS.forEach(
                (key, option) -> {
                    String value = target.text(key, "");
                    if (!value.isEmpty() && VALUE.matcher(value).matches()) {
                        directives.put(option, value);
                    } else if (!value.isEmpty()) {
                        findings.add(
                                error(
                                        path + key,
                                        "may have letters, digits and _.,:@&|*()[]!+-, found '"
                                                + value
                                                + "'"));
                    }
                });
        return new SlurmTarget(
                directives,
                extra(target, path, findings),
                walltime(deployment, path, findings),
                runtime(target),
                name(deployment, path, findings),
                List.copyOf(findings));
    }

    private static List<String> extra(TargetSpec target, String path, List<Finding> findings) {
        var options = new ArrayList<String>();
        JsonNode given = target.options().get("extra_directives");
        Iterable<JsonNode> all =
                given == null ? List.of() : given.isArray() ? given : List.of(given);
        for (JsonNode one : all) {
            String text = one.asText().strip();
            var matcher = OPTION.matcher(text);
            if (!matcher.matches()) {
                findings.add(
                        error(
                                path + "extra_directives",
                                "each must be one option of sbatch, such as --exclusive, found '"
                                        + text
                                        + "'"));
            } else if (OURS.contains(matcher.group(1))) {
                findings.add(
                        error(
                                path + "extra_directives",
                                matcher.group(1)
                                        + " is set for each worker; leave it out and use the"
                                        + " target's or the component's keys"));
            } else {
                options.add(text);
            }
        }
        return List.copyOf(options);
    }

    private static Duration walltime(
            DeploymentSpec deployment, String path, List<Finding> findings) {
        if (deployment.deadlineSeconds() == null) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            path + "walltime",
                            "is not given; each job gets 01:00:00, after which its worker is"
                                    + " replaced"));
        }
        return deployment.allocation().orElse(DeploymentSpec.DEFAULT_WALLTIME);
    }

    private static String runtime(TargetSpec target) {
        return target.text(
                "runtime", target.text("containers", target.text("container_runtime", "")));
    }

    private static String name(DeploymentSpec deployment, String path, List<Finding> findings) {
        String wanted = deployment.target().text("name", "");
        if (wanted.isEmpty()) {
            return "scalable";
        }
        if (!NAME.matcher(wanted).matches()) {
            findings.add(
                    error(
                            path + "name",
                            "may have letters, digits and _.+-, found '" + wanted + "'"));
        }
        return wanted;
    }

    private static Finding error(String path, String message) {
        return new Finding(Severity.ERROR, path, message);
    }
}
