package io.scalable.planning.simulation;

import io.scalable.planning.estimate.Economics;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A provider in virtual time.
 *
 * @param name for messages and tables; the planner knows it by this name
 * @param economics what the planner is told of it
 * @param start how long starts really take
 * @param billed the part of a start that is paid for
 * @param maximum workers per pool, at least 1
 */
public record ProviderModel(
        String name, Economics economics, Start start, BilledStart billed, int maximum) {

    /** A distribution of start delays, seconds. */
    public sealed interface Start {
        /** One delay, seconds. */
        double sample(RandomGenerator random);

        /** Every delay between the two is as likely. */
        record Uniform(double least, double most) implements Start {
            @Override
            public double sample(RandomGenerator random) {
                return least == most ? least : random.nextDouble(least, most);
            }
        }

        /** The logarithm is normal: few very long waits, as in a batch queue. */
        record LogNormal(double median, double sigma, double offset) implements Start {
            @Override
            public double sample(RandomGenerator random) {
                return median * Math.exp(sigma * random.nextGaussian()) + offset;
            }
        }
    }

    /** The part of a start that is paid for. */
    public sealed interface BilledStart {
        /** The last part of the delay, from 0 (nothing) to 1 (all). */
        record Share(double share) implements BilledStart {}

        /** So many seconds of it, however long it takes. */
        record Seconds(double seconds) implements BilledStart {}
    }

    /** Workers are threads or processes of one machine. */
    public static final ProviderModel LOCAL =
            new ProviderModel(
                    "local",
                    Economics.of("local"),
                    new Start.Uniform(0.5, 1.5),
                    new BilledStart.Share(1),
                    32);

    /** Workers are containers that are billed from the pull of their image. */
    public static final ProviderModel FARGATE =
            new ProviderModel(
                    "fargate",
                    Economics.of("fargate"),
                    new Start.Uniform(30, 90),
                    new BilledStart.Share(0.7),
                    32);

    /** Workers are batch jobs: waiting in the queue is free. */
    public static final ProviderModel SLURM =
            new ProviderModel(
                    "slurm",
                    Economics.of("slurm"),
                    new Start.LogNormal(300, 0.8, 5),
                    new BilledStart.Seconds(5),
                    32);

    /** The models that are there without a file. */
    public static final List<ProviderModel> KNOWN = List.of(LOCAL, FARGATE, SLURM);

    /** The model called {@code name}, or empty. */
    public static Optional<ProviderModel> named(String name) {
        return KNOWN.stream().filter(m -> m.name.equals(name)).findFirst();
    }

    double billedOf(double delay) {
        return switch (billed) {
            case BilledStart.Share(double share) -> share * delay;
            case BilledStart.Seconds(double seconds) -> Math.min(seconds, delay);
        };
    }
}
