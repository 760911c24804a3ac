package io.scalable.manifest;

/** Every kind of problem that a manifest can have. Programs know a problem by its name. */
enum Code {
    E_BAD_YAML("no YAML, no map, not UTF-8, too large, nested too deep, aliases without end"),
    E_DUPLICATE_KEY("a key is written twice"),
    E_UNKNOWN_KEY("a key that means nothing there"),
    E_MISSING_KEY("a key that must be there"),
    E_BAD_NAME("a name that cannot be part of ids and files"),
    E_BAD_VALUE("a value that its key cannot have"),
    E_BAD_VERSION("not `version: 1`"),
    E_UNSET_VARIABLE("`${VAR}` without a value and without a default"),
    E_UNKNOWN_PROVIDER("a provider that does not exist"),
    E_UNKNOWN_COMPONENT("a component that does not exist"),
    E_UNKNOWN_OVERLAY("an overlay that does not exist"),
    E_UNKNOWN_TARGET("a target that does not exist"),
    E_UNKNOWN_NEED("a needed task that does not exist"),
    E_BAD_MAX_WORKERS("`max_workers` is no positive integer"),
    E_BAD_PROCESSES_FLAG("`processes` is neither `true` nor `false`"),
    E_BAD_CONTAINERS_MODE("`containers` is no mode that the provider has"),
    E_BAD_WALLTIME("`walltime` is no duration"),
    E_BAD_ADAPTIVE("bounds or thresholds that are no numbers or contradict each other"),
    E_BAD_MEMORY("`memory` is no amount of memory"),
    E_NONPOSITIVE_MEMORY("`memory` of nothing or less"),
    E_RELATIVE_HOST_MOUNT("a mount's path on the host is not absolute"),
    E_RELATIVE_CONTAINER_MOUNT("a mount's path in the container is not absolute"),
    E_AMBIGUOUS_TAG("a tag that leads to two components"),
    E_HANDLER_AND_COMMAND("a task with a handler and a command"),
    E_BAD_HANDLER("`handler` is no method"),
    E_BAD_COMMAND("`command` is no list of texts"),
    E_BAD_ITEM("`{item}` without `foreach`, or `{item.key}` that an item lacks"),
    E_BAD_FOREACH("`foreach` is no list, range, glob, file of lines or matrix"),
    E_BAD_DURATION("`timeout` or `expect` is no duration"),
    E_BAD_NEEDS("`needs` are no names, or one is there twice"),
    E_NEED_CYCLE("tasks that need each other"),
    E_BAD_GROUP("`group` names a key that items lack, or no item matches"),
    E_UNRUNNABLE_NEED("a task that runs needs one that is only planned"),
    E_RESULT_CLASH("two tasks that may run at once write the same `result` file"),
    E_TOO_LARGE("an argument, item, variable or group beyond a [limit](limits.md)"),
    W_NO_TARGETS("no targets: nothing says where to run"),
    W_NO_TASKS("no tasks: only programs can submit work"),
    W_BEYOND_THIS_MACHINE("a component of a local target wants more than this machine has"),
    W_ODD_MEMORY("`memory` whose unit is likely another than was meant"),
    W_MAXIMUM_OUT_OF_REACH("`maximum` is above `max_workers`"),
    W_MINIMA_OUT_OF_REACH("the pools' `minimum` together are above `max_workers`"),
    W_GLOB_FOLDERS("a pattern takes folders beside files"),
    W_EMPTY_FOREACH("`foreach` has no items"),
    W_MISSING_CLASSPATH("a file of `classpath` is not there yet"),
    W_MISSING_FILES("nothing is there for an entry of `files`"),
    W_UNKNOWN_ADAPTIVE_OPTION("`adaptive` has no such option"),
    W_UNKNOWN_LOCAL_OPTION("provider `local` has no such option"),
    W_UNKNOWN_SLURM_OPTION("provider `slurm` has no such option"),
    W_UNKNOWN_KUBERNETES_OPTION("provider `kubernetes` has no such option"),
    W_UNKNOWN_AWS_OPTION("provider `aws` has no such option"),
    W_UNKNOWN_GCP_OPTION("provider `gcp` has no such option");

    private final String about;

    Code(String about) {
        this.about = about;
    }

    /** What is wrong, as a phrase in Markdown. */
    String about() {
        return about;
    }

    Severity severity() {
        return name().startsWith("E_") ? Severity.ERROR : Severity.WARNING;
    }
}
