package io.scalable.manifest;

import static io.scalable.manifest.Key.optional;
import static io.scalable.manifest.Key.required;
import static io.scalable.manifest.Key.valued;

import io.scalable.contracts.Limits;
import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Decimal;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Time;
import io.scalable.manifest.Type.Whole;
import io.scalable.manifest.Type.Word;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that every target has, whatever its provider. */
final class TargetKeys {

    /** The words of {@link Provider}. */
    static final List<String> PROVIDERS = List.of("local", "slurm", "kubernetes", "aws", "gcp");

    static final Type ABOVE_ZERO = new Decimal("a number above 0", 0, true, Double.MAX_VALUE);

    private static final Type SHARE = new Decimal("a number from 0 to 1", 0, false, 1);

    /** Tasks that a worker runs at a time. */
    static final Whole SLOTS = new Whole(1, Limits.SLOTS);

    private static final Type POOLS_FROM_0 = counts(0);
    private static final Type POOLS_FROM_1 = counts(1);

    static final Shape ADAPTIVE =
            Shape.open(
                    "adaptive",
                    optional(
                                    "minimum",
                                    POOLS_FROM_0,
                                    "Workers that a pool always has; one number, or a map by"
                                            + " component.",
                                    "2")
                            .orElse("0"),
                    optional(
                                    "maximum",
                                    POOLS_FROM_1,
                                    "Workers that a pool never passes; one number, or a map by"
                                            + " component.",
                                    "{model: 20, post: 4}")
                            .orElse("`max_workers`, else 64"),
                    optional(
                                    "scale_up_threshold",
                                    SHARE,
                                    "Busy share above which workers are added.",
                                    "0.8")
                            .orElse("the planner's"),
                    optional(
                                    "scale_down_threshold",
                                    SHARE,
                                    "Busy share below which workers are removed.",
                                    "0.2")
                            .orElse("the planner's"),
                    optional(
                                    "cooldown_seconds",
                                    new Decimal("seconds, 0 or more", 0, false, Double.MAX_VALUE),
                                    "Seconds between two scaling decisions.",
                                    "120")
                            .orElse("the planner's"));

    private static final Type AMOUNT =
            new Decimal("a number, 0 or more", 0, false, Double.MAX_VALUE);

    static final Shape PRICE =
            Shape.of(
                    "price",
                    optional("per_core_hour", AMOUNT, "One core of a worker for an hour.", "0.04")
                            .orElse("0"),
                    optional("per_gb_hour", AMOUNT, "One GiB of its memory for an hour.", "0.005")
                            .orElse("0"),
                    optional(
                                    "currency",
                                    new Text("a currency's code", Pattern.compile("[A-Z]{3}")),
                                    "The currency's code.",
                                    "EUR")
                            .orElse("USD"));

    static final Shape TARGET =
            Shape.of(
                    "target",
                    required(
                            "provider",
                            new Word(PROVIDERS, List.of()),
                            "Who launches the workers.",
                            "slurm"),
                    optional(
                            "overlay",
                            new Text(),
                            "An overlay that is laid over the manifest for this target.",
                            "large"),
                    valued("max_workers", new Whole(1), "The most workers over all pools.", "32")
                            .orElse("local 1, else no limit"),
                    valued(
                                    "threads_per_worker",
                                    SLOTS,
                                    "Tasks that a worker runs at a time: its slots.",
                                    "2")
                            .orElse("1"),
                    optional(
                            "walltime",
                            new Time(),
                            "The time in which a run should be done: the deadline that plans aim"
                                    + " at. A run that takes longer says so and goes on. For Slurm"
                                    + " also each job's limit.",
                            "04:00:00"),
                    optional(
                            "adaptive",
                            new Fixed(ADAPTIVE),
                            "Bounds and manners of scaling.",
                            "{minimum: 2, maximum: 20}"),
                    optional(
                                    "objective",
                                    new Word("minimize cost", "minimize time", "balance"),
                                    "What a plan should achieve.",
                                    "minimize cost")
                            .orElse("balance"),
                    optional(
                                    "policy",
                                    new Word("safe", "aggressive", "manual"),
                                    "How boldly it is made and changed.",
                                    "aggressive")
                            .orElse("safe"),
                    optional(
                                    "price",
                                    new Fixed(PRICE),
                                    "What workers cost here; goes before the price list. See"
                                            + " [prices](prices.md).",
                                    "{per_core_hour: 0.04, per_gb_hour: 0.005}")
                            .orElse("the price list's"),
                    optional(
                            "max_cost_per_hour",
                            ABOVE_ZERO,
                            "The most that all workers together may cost in an hour, in the"
                                    + " currency of the prices.",
                            "12.50"),
                    optional(
                            "budget",
                            ABOVE_ZERO,
                            "The most that a run may cost, in the currency of the prices.",
                            "200"),
                    optional(
                                    "bootstrap",
                                    new Text(),
                                    "Kafka brokers of services that run already.",
                                    "kafka.example:9092")
                            .orElse("the standalone's own"),
                    optional(
                            "kafka",
                            new MapOf("a map of texts", null, new Text()),
                            "Further properties of Kafka clients for `bootstrap`, such as their"
                                    + " security; secrets by variables, and never published.",
                            "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512}"));

    private TargetKeys() {}

    private static Type counts(int least) {
        return new AnyOf(
                new Whole(least),
                new MapOf("a map, component: number of workers", null, new Whole(least)));
    }
}
