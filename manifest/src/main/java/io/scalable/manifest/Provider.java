package io.scalable.manifest;

import static io.scalable.manifest.Key.optional;
import static io.scalable.manifest.Key.valued;

import io.scalable.manifest.Type.Anything;
import io.scalable.manifest.Type.Bytes;
import io.scalable.manifest.Type.Flag;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Whole;
import io.scalable.manifest.Type.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The providers that a target may name, each with the options of its own. */
enum Provider {
    LOCAL(
            "local",
            Code.W_UNKNOWN_LOCAL_OPTION,
            valued("processes", new Flag(), "`true`: each worker is a process of its own.", "true")
                    .orElse("false"),
            valued(
                            "containers",
                            new Word(
                                    "none",
                                    "docker",
                                    "podman",
                                    "apptainer",
                                    "singularity",
                                    "charliecloud"),
                            "What runs the components' images; the workers are processes then.",
                            "docker")
                    .orElse("none")),

    SLURM(
            "slurm",
            Code.W_UNKNOWN_SLURM_OPTION,
            text("queue", "The partition.", "batch"),
            text("account", "The account that is charged.", "GCIMS"),
            text("interface", "The network interface that workers reach the broker on.", "ib0"),
            text("qos", "The quality of service.", "normal"),
            text("constraint", "Features that a node must have.", "cascadelake"),
            text("reservation", "The reservation to run in.", "workshop"),
            optional("comm_port", new Whole(1), "The port that workers connect to.", "50051"),
            optional(
                    "extra_directives",
                    new OneOrMany(new Text("an option of sbatch", Pattern.compile("--?\\w.*"))),
                    "Further options of `sbatch`, one each.",
                    "[--exclusive, --mail-type=FAIL]"),
            optional(
                    "runtime",
                    new Word("none", "apptainer", "singularity", "charliecloud"),
                    "What runs the components' images; what is installed is found.",
                    "apptainer"),
            optional(
                    "containers",
                    new Word("none", "apptainer", "singularity", "charliecloud"),
                    "The same as `runtime`.",
                    "apptainer"),
            optional(
                    "container_runtime",
                    new Word("none", "apptainer", "singularity", "charliecloud", "docker"),
                    "The same as `runtime`, as the Python project calls it.",
                    "apptainer"),
            text("name", "The jobs' name.", "forecast"),
            optional(
                    "skip_directives",
                    new OneOrMany(new Text()),
                    "Directives that the cluster does not take and jobs leave out, of mem,"
                            + " cpus-per-task, nodes, ntasks, time, comment, no-requeue.",
                    "[mem]"),
            text("shebang", "The first line of job scripts; a bash.", "#!/bin/bash -l")
                    .orElse("#!/bin/bash"),
            text("clusters", "The cluster that jobs go to, where Slurm has several.", "large"),
            optional(
                            "poll_interval",
                            new Whole(10),
                            "The longest time in seconds between two looks at the queue. After a"
                                    + " submission or a cancel they are closer together.",
                            "120")
                    .orElse("60"),
            text("logs_location", Texts.LOGS, "logs"),
            optional("suppress_logs", new Flag(), Texts.LOGS, "true")),

    KUBERNETES(
            "kubernetes",
            Code.W_UNKNOWN_KUBERNETES_OPTION,
            text("namespace", "The namespace of the pods.", "energy").orElse("default"),
            image(),
            text("service_account", "The pods' service account.", "scalable-worker"),
            text("worker_service_account", "The same, as the Python project calls it.", "worker"),
            optional("node_selector", texts(), "Labels that a node must have.", "{disk: ssd}"),
            tolerations(),
            spot(),
            mounts(),
            optional("env", texts(), "Environment of all pods.", "{TZ: UTC}"),
            optional(
                    "resources",
                    new Anything("a map"),
                    "Further requests and limits, as in a pod's spec; cores and memory are the"
                            + " components' `cpus` and `memory`.",
                    "{limits: {nvidia.com/gpu: 1}}"),
            optional(
                    "image_pull_secrets",
                    new OneOrMany(new Text()),
                    "Secrets that images are pulled with.",
                    "[registry-login]"),
            text("context", "The context of the kubeconfig.", "research").orElse("the current one"),
            optional(
                            "runtime",
                            new Word("image", "preinstalled"),
                            "`image`: the workers' Java is copied from `runtime_image`;"
                                    + " `preinstalled`: the components' images have it.",
                            "preinstalled")
                    .orElse("image"),
            text("runtime_image", "The image with the workers' Java.", "registry.example/runtime:1")
                    .orElse("scalable/worker-runtime"),
            text("runtime_path", "Where the workers' Java is in a container.", "/usr/lib/scalable")
                    .orElse("/opt/scalable"),
            optional(
                            "orphan_timeout",
                            TargetKeys.ABOVE_ZERO,
                            "Seconds without a word from the dispatcher after which a worker ends.",
                            "300")
                    .orElse("600"),
            initial(),
            optional("scheduler_cpu", TargetKeys.ABOVE_ZERO, Texts.UNUSED, "1"),
            optional("scheduler_memory", new Bytes(), Texts.UNUSED, "2G")),

    AWS(
            "aws",
            Code.W_UNKNOWN_AWS_OPTION,
            text("region", "The region.", "us-east-1"),
            optional("cluster_type", new Word("fargate", "ec2"), "What runs the tasks.", "fargate")
                    .orElse("fargate"),
            text("cluster", "The ECS cluster, by name or ARN.", "batch").orElse("default"),
            text(
                    "capacity_provider",
                    "The capacity provider of the machines of `ec2`; any of the cluster's if left"
                            + " out.",
                    "batch-spot"),
            text("instance_type", "The machines of `ec2`.", "m5.xlarge"),
            image(),
            optional("worker_cpu", new Whole(1), "CPU units of a worker; 1024 are a core.", "4096")
                    .orElse("the component's"),
            optional("worker_mem", new Whole(1), "Memory of a worker in MiB.", "16384")
                    .orElse("the component's"),
            text(
                    "execution_role_arn",
                    "The role that starts tasks.",
                    "arn:aws:iam::123456789012:role/start"),
            text(
                    "task_role_arn",
                    "The role that tasks have.",
                    "arn:aws:iam::123456789012:role/work"),
            text("vpc", "The network, for readers: the subnets say it.", "vpc-1a2b"),
            optional("subnets", new OneOrMany(new Text()), "Subnets of the tasks.", "[subnet-1a]"),
            optional(
                    "security_groups",
                    new OneOrMany(new Text()),
                    "Security groups of the tasks.",
                    "[sg-1a]"),
            optional(
                            "assign_public_ip",
                            new Flag(),
                            "Give tasks of `fargate` an address on the internet; without one their"
                                    + " subnets need a way out.",
                            "true")
                    .orElse("false"),
            text("log_group", "The log group of CloudWatch Logs.", "/energy/workers")
                    .orElse("/scalable/workers"),
            optional(
                            "runtime",
                            new Word("image", "preinstalled"),
                            "`image`: the workers' Java is copied from `runtime_image`;"
                                    + " `preinstalled`: the components' images have it.",
                            "preinstalled")
                    .orElse("image"),
            text("runtime_image", "The image with the workers' Java.", "registry.example/runtime:1")
                    .orElse("scalable/worker-runtime"),
            text("runtime_path", "Where the workers' Java is in a container.", "/usr/lib/scalable")
                    .orElse("/opt/scalable"),
            optional(
                            "orphan_timeout",
                            TargetKeys.ABOVE_ZERO,
                            "Seconds without a word from the dispatcher after which a worker ends.",
                            "300")
                    .orElse("600"),
            spot(),
            optional("tags", texts(), "Tags on all that is made.", "{team: energy}"),
            optional("environment", texts(), "Environment of all tasks.", "{TZ: UTC}"),
            initial(),
            optional("scheduler_timeout", new Anything("any value"), Texts.UNUSED, "5 minutes")),

    GCP(
            "gcp",
            Code.W_UNKNOWN_GCP_OPTION,
            text("project", "The cloud project.", "my-project"),
            text("project_id", "The same, as the Python project calls it.", "my-project"),
            text("region", "The region.", "us-central1"),
            text("zone", "The zone within the region.", "us-central1-a"),
            optional(
                            "cluster_type",
                            new Word(List.of("gke", "cloudrun"), List.of("cloud_run")),
                            "What runs the workers.",
                            "gke")
                    .orElse("gke"),
            text("cluster", "The cluster of `gke`.", "science"),
            text("namespace", "The namespace of the pods of `gke`.", "energy").orElse("default"),
            text("machine_type", "The machines of `gke`.", "n2-standard-4"),
            text("instance_type", "The same, as the Python project calls it.", "n2-standard-4"),
            image(),
            optional("worker_cpu", TargetKeys.ABOVE_ZERO, "Cores of a worker.", "4")
                    .orElse("the component's"),
            optional("worker_mem", new Whole(1), "Memory of a worker in MiB.", "16384")
                    .orElse("the component's"),
            optional(
                            "runtime",
                            new Word("image", "preinstalled"),
                            "Where the worker's Java comes from: `runtime_image`, or the"
                                    + " component's own image, as `cloudrun` needs it.",
                            "preinstalled")
                    .orElse("image"),
            text(
                            "runtime_image",
                            "The image that brings the worker's Java.",
                            "registry.example/runtime:1")
                    .orElse("that of this version"),
            text("runtime_path", "Where the worker's Java is in the containers.", "/usr/scalable")
                    .orElse("/opt/scalable"),
            optional(
                            "orphan_timeout",
                            TargetKeys.ABOVE_ZERO,
                            "Seconds without a broker after which a worker ends itself.",
                            "300")
                    .orElse("600"),
            text("network", "The VPC network that workers of `cloudrun` reach.", "default"),
            text("subnetwork", "Its subnetwork.", "workers"),
            text(
                    "kafka_secret",
                    "`cloudrun`: the secret of Secret Manager with the broker's client properties"
                            + " as JSON.",
                    "projects/my-project/secrets/kafka"),
            text("service_account", "The workers' service account.", "worker@my-project.example"),
            optional(
                    "node_selector",
                    texts(),
                    "`gke`: labels that a node must have.",
                    "{disk: ssd}"),
            tolerations(),
            mounts(),
            optional("env", texts(), "`gke`: environment of all pods.", "{TZ: UTC}"),
            spot(),
            initial());

    private final String word;
    private final Code unknownOption;
    private final Shape shape;

    Provider(String word, Code unknownOption, Key... options) {
        this.word = word;
        this.unknownOption = unknownOption;
        this.shape = TargetKeys.TARGET.with(word, List.of(options));
    }

    /** The word of the manifest. */
    String word() {
        return word;
    }

    /** How a target with an option that is not there is warned of. */
    Code unknownOption() {
        return unknownOption;
    }

    /** All keys of its targets. */
    Shape shape() {
        return shape;
    }

    static Optional<Provider> named(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }

    private static Key text(String name, String about, String example) {
        return optional(name, new Text(), about, example);
    }

    private static Type texts() {
        return new MapOf("a map of texts", null, new Text());
    }

    private static Key image() {
        return text("image", "Image of components that name none.", "registry.example/worker:1");
    }

    private static Key spot() {
        return optional("spot", new Flag(), "Use machines that may be taken back.", "true")
                .orElse("false");
    }

    private static Key tolerations() {
        return optional(
                "tolerations",
                new ListOf(new MapOf(new Text())),
                "Taints that pods tolerate, as in a pod's spec.",
                "[{key: spot, operator: Exists}]");
    }

    private static Key mounts() {
        return optional(
                        "mounts",
                        new MapOf(
                                "a map, a component's host path: hostPath, emptyDir or pvc:CLAIM",
                                Pattern.compile("/.*"),
                                new Text(
                                        "hostPath, emptyDir or pvc:CLAIM",
                                        Pattern.compile("hostPath|emptyDir|pvc:[a-z0-9.-]+"))),
                        "What stands behind the components' mounts, by their host path.",
                        "{/shared/data: 'pvc:data'}")
                .orElse("hostPath");
    }

    private static Key initial() {
        return optional("n_workers", new Whole(0), Texts.INITIAL, "4");
    }

    /** Texts that several options share. */
    private static final class Texts {
        static final String LOGS =
                "Of the Python project; read, without effect: logs lie in the run's folder.";
        static final String UNUSED = "Of the Python project; read, without effect.";
        static final String INITIAL =
                "Workers at first, of the Python project; read, without effect: see `adaptive`.";

        private Texts() {}
    }
}
