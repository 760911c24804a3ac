package io.scalable.manifest;

import java.util.EnumMap;
import java.util.Map;

/** For every code a manifest that has this problem, and no other error, at the {@code §}. */
final class ProblemExamples {

    private static final String HEAD = "version: 1\n";

    private ProblemExamples() {}

    static Map<Code, String> all() {
        var examples = new EnumMap<Code, String>(Code.class);
        examples.put(Code.E_BAD_YAML, HEAD + "tasks: §]\n");
        examples.put(Code.E_DUPLICATE_KEY, HEAD + "project: {name: a}\n§project: {name: b}\n");
        examples.put(Code.E_UNKNOWN_KEY, component("§memroy: 1G"));
        examples.put(Code.E_MISSING_KEY, HEAD + "targets:\n  §a: {queue: short}\n");
        examples.put(Code.E_BAD_NAME, HEAD + "components: {§a/b: {}}\n");
        examples.put(Code.E_BAD_VALUE, target("provider: slurm, comm_port: §none"));
        examples.put(Code.E_BAD_VERSION, "version: §2\n");
        examples.put(Code.E_UNSET_VARIABLE, component("env: {A: §'${NO_SUCH}'}"));
        examples.put(Code.E_UNKNOWN_PROVIDER, target("provider: §slrum"));
        examples.put(Code.E_UNKNOWN_COMPONENT, task("component: §modle"));
        examples.put(Code.E_UNKNOWN_OVERLAY, target("provider: local, overlay: §big"));
        examples.put(Code.E_UNKNOWN_NEED, task("component: model, needs: §prepare"));
        examples.put(Code.E_BAD_MAX_WORKERS, target("provider: aws, max_workers: §0"));
        examples.put(Code.E_BAD_PROCESSES_FLAG, target("provider: local, processes: §maybe"));
        examples.put(Code.E_BAD_CONTAINERS_MODE, target("provider: local, containers: §box"));
        examples.put(Code.E_BAD_WALLTIME, target("provider: slurm, walltime: §10:30"));
        examples.put(Code.E_BAD_ADAPTIVE, target("provider: aws, adaptive: {minimum: §-1}"));
        examples.put(Code.E_BAD_MEMORY, component("memory: §lots"));
        examples.put(Code.E_NONPOSITIVE_MEMORY, component("memory: §0G"));
        examples.put(Code.E_RELATIVE_HOST_MOUNT, component("mounts: {§data: /data}"));
        examples.put(Code.E_RELATIVE_CONTAINER_MOUNT, component("mounts: {§/data: data}"));
        examples.put(
                Code.E_AMBIGUOUS_TAG,
                HEAD + "components: {a: {tags: [heavy]}, b: {tags: [§heavy]}}\n");
        examples.put(
                Code.E_HANDLER_AND_COMMAND,
                task("component: model, handler: 'a.B::c', §command: [ls]"));
        examples.put(Code.E_BAD_HANDLER, task("component: model, handler: §a.B.c"));
        examples.put(Code.E_BAD_COMMAND, task("component: model, command: §ls"));
        examples.put(Code.E_BAD_ITEM, task("component: model, command: [ls, §'{item}']"));
        examples.put(Code.E_BAD_FOREACH, task("component: model, foreach: {range: §[9, 1]}"));
        examples.put(Code.E_BAD_DURATION, task("component: model, timeout: §soon"));
        examples.put(Code.E_BAD_NEEDS, task("component: model, needs: [§[a]]"));
        examples.put(Code.E_NEED_CYCLE, task("component: model, needs: §fit"));
        examples.put(
                Code.E_BAD_GROUP,
                task("component: model, foreach: [1]")
                        + "  join: {component: model, foreach: [2], needs: §fit, group: k}\n");
        examples.put(
                Code.E_UNRUNNABLE_NEED,
                task("component: model") + "  run: {component: model, command: [ls], needs: §fit}");
        examples.put(
                Code.E_RESULT_CLASH,
                task("component: model, command: [ls], foreach: [1, 2], result: §out.json"));
        examples.put(
                Code.E_TOO_LARGE,
                task("component: model, command: [ls, §'" + "x".repeat(140_000) + "']"));
        examples.put(
                Code.W_BEYOND_THIS_MACHINE,
                target("provider: local") + "components: {model: {cpus: §3000000000}}\n");
        examples.put(Code.W_ODD_MEMORY, component("memory: §512m"));
        examples.put(
                Code.W_MAXIMUM_OUT_OF_REACH,
                target("provider: local, max_workers: 2, adaptive: {maximum: §4}")
                        + "components: {model: {}}\n");
        examples.put(
                Code.W_MINIMA_OUT_OF_REACH,
                target("provider: local, max_workers: 3, adaptive: {minimum: §2}")
                        + "components: {model: {}, post: {}}\n");
        examples.put(Code.W_GLOB_FOLDERS, task("component: model, foreach: {glob: §'/etc/*'}"));
        examples.put(Code.W_NO_TARGETS, "§version: 1\ntasks: {}\n");
        examples.put(Code.W_NO_TASKS, "§version: 1\ntargets: {a: {provider: local}}\n");
        examples.put(Code.W_EMPTY_FOREACH, task("component: model, foreach: §[]"));
        examples.put(Code.W_MISSING_FILES, HEAD + "project: {files: [§no-such/*]}\n");
        examples.put(Code.W_MISSING_CLASSPATH, component("classpath: [§no-such.jar]"));
        examples.put(
                Code.W_UNKNOWN_ADAPTIVE_OPTION, target("provider: gcp, adaptive: {§minimun: 1}"));
        examples.put(Code.W_UNKNOWN_LOCAL_OPTION, target("provider: local, §max_worker: 1"));
        examples.put(Code.W_UNKNOWN_SLURM_OPTION, target("provider: slurm, §qeue: short"));
        examples.put(
                Code.W_UNKNOWN_KUBERNETES_OPTION, target("provider: kubernetes, §namspace: a"));
        examples.put(Code.W_UNKNOWN_AWS_OPTION, target("provider: aws, §regoin: us-east-1"));
        examples.put(Code.W_UNKNOWN_GCP_OPTION, target("provider: gcp, §projct: a"));
        return examples;
    }

    static String target(String options) {
        return HEAD + "targets:\n  here: {" + options + "}\n";
    }

    static String component(String keys) {
        return HEAD + "components:\n  model: {" + keys + "}\n";
    }

    static String task(String keys) {
        return HEAD + "components: {model: {}}\ntasks:\n  fit: {" + keys + "}\n";
    }
}
