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
 * @param jobName the jobs' name, as the user wants it
 * @param skipped directives of ours that the site does not take, without their dashes
 * @param shebang the first line of job scripts
 * @param cluster the cluster that jobs go to, where a Slurm has several; empty for its own
 * @param poll the longest time between two looks at the queue
 * @param findings what is wrong
 */
record SlurmTarget(
        Map<String, String> directives,
        List<String> extra,
        Duration walltime,
        String runtime,
        String jobName,
        List<String> skipped,
        String shebang,
        String cluster,
        Duration poll,
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

    /** Directives that a site may not take; the others say which job is which worker. */
    private static final List<String> SKIPPABLE =
            List.of("mem", "cpus-per-task", "nodes", "ntasks", "time", "comment", "no-requeue");

    private static final String BASH = "#!/bin/bash";
    private static final Pattern SHEBANG = Pattern.compile("#!/[A-Za-z0-9_/.+ =-]{1,200}");
    private static final int LEAST_POLL = 10;

    /** Options that say which job is which worker, where it is, or how large it is. */
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
                    "-J",
                    "--clusters",
                    "-M",
                    "--wait",
                    "-W");

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
                skipped(target, path, findings),
                shebang(target, path, findings),
                cluster(target, path, findings),
                poll(target, path, findings),
                List.copyOf(findings));
    }

    private static List<String> skipped(TargetSpec target, String path, List<Finding> findings) {
        var skipped = new ArrayList<String>();
        for (String text : texts(target, "skip_directives")) {
            String name = text.replaceFirst("^--", "");
            if (SKIPPABLE.contains(name)) {
                skipped.add(name);
            } else {
                findings.add(
                        error(
                                path + "skip_directives",
                                "may have "
                                        + String.join(", ", SKIPPABLE)
                                        + ", found '"
                                        + text
                                        + "'"));
            }
        }
        return List.copyOf(skipped);
    }

    private static String shebang(TargetSpec target, String path, List<Finding> findings) {
        String wanted = target.text("shebang", BASH);
        if (SHEBANG.matcher(wanted).matches()) {
            return wanted;
        }
        findings.add(
                error(
                        path + "shebang",
                        "must be #! and a shell that bash scripts run in, such as '#!/bin/bash -l',"
                                + " found '"
                                + wanted
                                + "'"));
        return BASH;
    }

    private static String cluster(TargetSpec target, String path, List<Finding> findings) {
        String wanted = target.text("clusters", "");
        if (wanted.isEmpty() || NAME.matcher(wanted).matches()) {
            return wanted;
        }
        findings.add(
                error(
                        path + "clusters",
                        "must be the name of one cluster, found '" + wanted + "'"));
        return "";
    }

    private static Duration poll(TargetSpec target, String path, List<Finding> findings) {
        JsonNode given = target.options().get("poll_interval");
        if (given == null) {
            return SlurmTraits.POLL;
        }
        if (given.canConvertToInt() && given.intValue() >= LEAST_POLL) {
            return Duration.ofSeconds(given.intValue());
        }
        findings.add(
                error(
                        path + "poll_interval",
                        "must be seconds, " + LEAST_POLL + " or more, found " + given));
        return SlurmTraits.POLL;
    }

    private static List<String> texts(TargetSpec target, String key) {
        JsonNode given = target.options().get(key);
        Iterable<JsonNode> all =
                given == null ? List.of() : given.isArray() ? given : List.of(given);
        var texts = new ArrayList<String>();
        all.forEach(one -> texts.add(one.asText().strip()));
        return texts;
    }

    private static List<String> extra(TargetSpec target, String path, List<Finding> findings) {
        var options = new ArrayList<String>();
        for (String text : texts(target, "extra_directives")) {
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
