package io.scalable.manifest;

import static io.scalable.manifest.Key.optional;
import static io.scalable.manifest.Key.required;
import static io.scalable.manifest.Key.valued;

import io.scalable.contracts.Limits;
import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Anything;
import io.scalable.manifest.Type.Decimal;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.Flag;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Time;
import io.scalable.manifest.Type.Whole;
import java.util.regex.Pattern;

/** The keys of a manifest, but for those of its targets. */
final class ManifestKeys {

    private static final Type TEXT = new Text();
    private static final Type TEXTS = new MapOf("a map of texts", null, TEXT);
    private static final Type ABSOLUTE = new Text("an absolute path", Pattern.compile("/.*"));

    static final Shape PROJECT =
            Shape.of(
                    "project",
                    optional("name", TEXT, "The project; durations are learned by it.", "energy")
                            .orElse("the folder's name"),
                    optional(
                            "default_storage",
                            TEXT,
                            "Where results go unless told otherwise: a path, or a URI with"
                                    + " `file:`, `s3:` or `gs:`.",
                            "s3://bucket/runs/"),
                    optional("local_cache", TEXT, "A folder for caches.", "./.cache"),
                    optional(
                            "files",
                            new OneOrMany(TEXT),
                            "Files, folders and patterns below the manifest's folder that tasks"
                                    + " need; workers in a cloud get copies. Hidden ones only where"
                                    + " named.",
                            "[scripts, 'data/*.csv']"));

    static final Shape COMPONENT =
            Shape.of(
                    "component",
                    optional(
                            "image",
                            TEXT,
                            "Container image of the workers.",
                            "registry.example/model:7.0"),
                    optional(
                                    "runtime",
                                    TEXT,
                                    "Container runtime, such as `apptainer` or `docker`.",
                                    "apptainer")
                            .orElse("the provider's"),
                    optional(
                                    "cpus",
                                    new Decimal("a number above 0", 0, true, Double.MAX_VALUE),
                                    "Cores of each worker.",
                                    "8")
                            .orElse("1"),
                    optional(
                                    "memory",
                                    new Type.Bytes(),
                                    "Memory of each worker. `20G` is 20 x 10^9 bytes, `20GiB` 20 x"
                                            + " 2^30.",
                                    "32G")
                            .orElse("1G"),
                    optional(
                            "mounts",
                            new MapOf(
                                    "a map, absolute path on the host: absolute path in the"
                                            + " container",
                                    Pattern.compile("/.*"),
                                    ABSOLUTE),
                            "Folders of the host that the container sees.",
                            "{/shared/data: /data}"),
                    optional(
                            "env",
                            TEXTS,
                            "Environment of the workers and their commands.",
                            "{OMP_NUM_THREADS: 8}"),
                    optional(
                            "tags",
                            new ListOf(TEXT),
                            "Further names to route tasks by; each leads to one component.",
                            "[heavy]"),
                    optional(
                            "preload_script",
                            TEXT,
                            "Shell commands before a worker starts; if the last fails, none starts"
                                    + " (set -e: if any does).",
                            "module load gcc"),
                    optional(
                            "workers", new Whole(0), "The pool's size under policy `manual`.", "4"),
                    optional(
                            "classpath",
                            new OneOrMany(TEXT),
                            "Jars and folders with handlers, relative to the manifest.",
                            "[build/model.jar]"));

    private static final Key RANGE =
            valued(
                    "range",
                    new ListOf(new Whole(Integer.MIN_VALUE), 2),
                    "Whole numbers from the first to the second, which is left out.",
                    "[0, 200]");
    private static final Key GLOB =
            valued(
                    "glob",
                    TEXT,
                    "Files and folders, sorted, relative to the manifest; `**/` is any depth, none"
                            + " too; a `/` at the end takes folders only.",
                    "data/*.csv");
    private static final Key LINES =
            valued(
                    "lines",
                    TEXT,
                    "The lines of a text file; blank ones are left out.",
                    "items.txt");

    /** What {@code matrix} takes for each of its keys. */
    static final Shape VALUES = Shape.oneOf("values", RANGE, GLOB, LINES);

    private static final Type ITEMS = new ListOf(new Anything("any value"));

    static final Shape FOREACH =
            Shape.oneOf(
                    "foreach",
                    RANGE,
                    GLOB,
                    LINES,
                    valued(
                            "matrix",
                            new MapOf(
                                    "a map of keys, each with a list, range, glob or lines",
                                    null,
                                    new AnyOf(ITEMS, new Fixed(VALUES))),
                            "All combinations as objects, the last key fastest.",
                            "{source: [wind, solar], seed: {range: [0, 9]}}"));

    static final Shape NEED =
            Shape.of(
                    "need",
                    required("task", TEXT, "The task that comes first.", "fit"),
                    optional("group", TEXT, "Only tasks with the same value for it.", "source"));

    static final Shape TASK =
            Shape.of(
                    "task",
                    required("component", TEXT, "Whose workers run it.", "model"),
                    valued(
                            "handler",
                            new Text(
                                    "a method: package.Class::method",
                                    Pattern.compile("[^\\s:]+::[^\\s:]+")),
                            "A method marked `@Task`.",
                            "energy.Forecast::fit"),
                    valued(
                            "command",
                            new ListOf(TEXT, 1),
                            "Program and arguments; no shell reads it. `{item}` and `{item.key}`"
                                    + " are replaced.",
                            "[python3, fit.py, '{item}']"),
                    optional(
                                    "result",
                                    TEXT,
                                    "The command's file with its result.",
                                    "out/{item}.json")
                            .orElse("its standard output"),
                    valued(
                                    "foreach",
                                    new AnyOf(ITEMS, new Fixed(FOREACH)),
                                    "The items; one task for each, at most a million.",
                                    "{range: [0, 200]}")
                            .orElse("one task, item null"),
                    optional(
                            "needs",
                            new OneOrMany(new AnyOf(TEXT, new Fixed(NEED))),
                            "Tasks that come first.",
                            "[{task: fit, group: source}]"),
                    optional(
                                    "group",
                                    TEXT,
                                    "A key of the items: of each needed task only those with the"
                                            + " same value are meant.",
                                    "source")
                            .orElse("all"),
                    optional(
                                    "retries",
                                    new Whole(0, Limits.RETRIES),
                                    "Further attempts after failures of the task's own.",
                                    "2")
                            .orElse("0"),
                    optional("timeout", new Time(), "An attempt's longest duration.", "10m")
                            .orElse("none"),
                    optional("expect", new Time(), "A hint of one task's duration.", "90s"),
                    optional("priority", new Whole(Integer.MIN_VALUE), "Larger goes first.", "10")
                            .orElse("0"),
                    optional("cache", new Flag(), "Keep results. Read, without effect yet.", "true")
                            .orElse("false"),
                    optional(
                            "outputs",
                            TEXTS,
                            "What it leaves behind. Read, without effect yet.",
                            "{database: dir}"));

    static final Shape ROOT =
            Shape.of(
                    "manifest",
                    required("version", new Whole(1), "The manifest's version: 1.", "1"),
                    optional("project", new Fixed(PROJECT), "What this is.", "{name: energy}"),
                    optional(
                            "targets",
                            named("target", new Fixed(TargetKeys.TARGET)),
                            "Where to run.",
                            "{local: {provider: local}}"),
                    optional(
                            "components",
                            named("component", new Fixed(COMPONENT)),
                            "Kinds of work; the workers of each are a pool.",
                            "{model: {cpus: 2, memory: 4G}}"),
                    optional(
                            "tasks",
                            named("task", new Fixed(TASK)),
                            "Work. A task with neither `handler` nor `command` is planned, not"
                                    + " run.",
                            "{fit: {component: model}}"),
                    optional(
                            "overlays",
                            new MapOf(
                                    "a map, overlay: part of a manifest",
                                    null,
                                    new Anything("part of a manifest")),
                            "Parts of a manifest to lay over it: maps merge deeply, lists and"
                                    + " scalars replace.",
                            "{large: {components: {model: {memory: 64G}}}}"));

    private ManifestKeys() {}

    private static Type named(String what, Type value) {
        return new MapOf("a map, name: " + what, Names.NAME, value);
    }
}
