package io.scalable.planning.simulation;

import io.scalable.planning.Economics;
import java.util.random.RandomGenerator;

/**
 * A provider in virtual time.
 *
 * @param name for messages and tables
 * @param economics what the planner is told of it
 * @param start how long starts really take
 * @param billedStartShare the paid part of a start; where above 1, seconds
 * @param maximum workers per pool
 */
public record ProviderModel(
        String name, Economics economics, Start start, double billedStartShare, int maximum) {

    /** A distribution of start delays. */
    public sealed interface Start {
        /** One delay, seconds. */
        double sample(RandomGenerator random);

        /** Every delay between the two is as likely. */
        record Uniform(double least, double most) implements Start {
            @Override
            public double sample(RandomGenerator random) {
                return random.nextDouble(least, most);
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

    /** Workers are threads or processes of one machine. */
    public static final ProviderModel LOCAL =
            new ProviderModel("local", Economics.of("local"), new Start.Uniform(0.5, 1.5), 1.0, 32);

    /** Workers are containers that are billed from the pull of their image. */
    public static final ProviderModel FARGATE =
            new ProviderModel("fargate", Economics.of("aws"), new Start.Uniform(30, 90), 0.7, 32);

    /** Workers are batch jobs: waiting in the queue is free. */
    public static final ProviderModel SLURM =
            new ProviderModel(
                    "slurm", Economics.of("slurm"), new Start.LogNormal(300, 0.8, 5), 5, 32);

    double billedOf(double delay) {
        return billedStartShare > 1 ? billedStartShare : billedStartShare * delay;
    }
}
