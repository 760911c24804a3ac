package io.scalable.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.lookahead.Decider;
import io.scalable.planning.lookahead.Goal;
import io.scalable.planning.lookahead.GraphTask;
import io.scalable.planning.lookahead.PoolSpec;
import io.scalable.planning.simulation.Baseline;
import io.scalable.planning.simulation.Outcome;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Scaler;
import io.scalable.planning.simulation.Simulation;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import io.scalable.planning.workload.Clairvoyant;
import io.scalable.planning.workload.DrawnProvider;
import io.scalable.planning.workload.WorkloadFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How good scaling decisions are: generated workloads ({@code N} or {@code FROM-TO}: seeds of every
 * family) or traces (files) on three models of providers and drawn ones, beside a worker per task
 * and fixed counts, against schedules made with perfect knowledge.
 */
public final class ScalingDecisions {

    private static final double INTERVAL = 2;

    private record Row(
            String workload,
            String family,
            String provider,
            String scaler,
            double regret,
            double cost,
            double time,
            Outcome outcome) {}

    private final List<Row> rows = new ArrayList<>();
    private final int seeds;

    private ScalingDecisions(int seeds) {
        this.seeds = seeds;
    }

    /**
     * @param args seeds or files; {@code --seeds N}: simulations of each file
     */
    public static void main(String[] args) throws IOException {
        int seeds = Integer.getInteger("seeds", 1);
        var benchmark = new ScalingDecisions(seeds);
        for (String arg : args) {
            if (arg.matches("\\d+-\\d+")) {
                String[] range = arg.split("-", 2);
                IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[1]))
                        .forEach(benchmark::generated);
            } else {
                benchmark.recorded(Path.of(arg));
            }
        }
        benchmark.print();
    }

    private void generated(int seed) {
        for (WorkloadFamily family : WorkloadFamily.values()) {
            if (!family.name().matches(System.getProperty("family", ".*"))) { continue; }
            Trace trace = family.draw(seed);
            var providers = new ArrayList<>(ProviderModel.KNOWN);
            providers.add(DrawnProvider.of(seed * 100L + family.ordinal()));
            providers.removeIf(p -> !p.name().matches(System.getProperty("provider", ".*")));
            providers.forEach(p -> run(trace, family.name(), p, seed));
        }
    }

    private void recorded(Path file) throws IOException {
        Trace trace = read(file);
        for (ProviderModel provider : ProviderModel.KNOWN) {
            if (!provider.name().matches(System.getProperty("provider", ".*"))) { continue; }
            for (int seed = 1; seed <= seeds; seed++) {
                run(trace, trace.name(), provider, seed);
            }
        }
    }

    private void run(Trace trace, String family, ProviderModel provider, int seed) {
        Clairvoyant.Point best = Clairvoyant.balance(trace, provider);
        var scalers = new LinkedHashMap<String, Scaler>();
        scalers.put("scalable", scalable(trace, provider));
        scalers.put("worker per task", Baseline.workerPerTask());
        scalers.put("fixed 8", Baseline.fixed(8, trace));
        String only = System.getProperty("only");
        scalers.forEach(
                (name, scaler) -> {
                    if (only != null && !only.equals(name)) {
                        return;
                    }
                    double every = name.equals("scalable") ? INTERVAL : 1;
                    long begin = System.nanoTime();
                    Outcome o = new Simulation(trace, provider, scaler, every, seed).run();
                    double time = trace.graph() ? o.makespan() : o.meanResponse();
                    rows.add(
                            new Row(
                                    trace.name(),
                                    family,
                                    provider.name().startsWith("drawn") ? "drawn" : provider.name(),
                                    name,
                                    best.regret(o, trace.graph()),
                                    o.cost() / best.cost(),
                                    time / best.seconds(),
                                    o));
                    if (Boolean.getBoolean("each")) {
                        System.out.printf(
                                "%-22s %-9s %-16s R %.3f C %.3f T %.3f  actions %d wasted %d starts %d"
                                        + " (%.1f s)%n",
                                trace.name(),
                                provider.name(),
                                name,
                                rows.getLast().regret(),
                                rows.getLast().cost(),
                                rows.getLast().time(),
                                o.actions(),
                                o.wasted(),
                                o.starts(),
                                (System.nanoTime() - begin) / 1e9);
                    }
                });
    }

    private static Scaler scalable(Trace trace, ProviderModel provider) {
        var pools = new ArrayList<PoolSpec>();
        trace.pools()
                .forEach(
                        (name, shape) ->
                                pools.add(
                                        new PoolSpec(
                                                name,
                                                new Bounds(0, provider.maximum()),
                                                shape.price(),
                                                shape.slots())));
        Goal goal = Goal.of(Objective.BALANCE, Policy.AGGRESSIVE, null);
        List<GraphTask> tasks =
                trace.tasks().stream()
                        .map(
                                t ->
                                        new GraphTask(
                                                t.name(),
                                                t.pool(),
                                                t.parents().stream().map(String::valueOf).toList()))
                        .toList();
        Decider decider =
                trace.graph()
                        ? Decider.ofGraph(pools, tasks, provider.economics(), goal, INTERVAL)
                        : Decider.ofStream(pools, provider.economics(), goal, INTERVAL);
        return demand -> {
            var desired = new LinkedHashMap<String, Integer>();
            decider.decide(demand).forEach(t -> desired.put(t.pool(), t.desired()));
            return desired;
        };
    }

    private static Trace read(Path file) throws IOException {
        var tasks = new ArrayList<TraceTask>();
        JsonNode head = null;
        for (String line : Files.readAllLines(file)) {
            JsonNode row = Json.mapper().readTree(line);
            if (head == null) {
                head = row;
                continue;
            }
            var parents = new ArrayList<Integer>();
            row.path("parents").forEach(p -> parents.add(p.asInt()));
            tasks.add(
                    new TraceTask(
                            tasks.size(),
                            row.path("pool").asText(),
                            row.path("submit").asDouble(),
                            parents,
                            row.path("runtime").asDouble(),
                            row.path("cpus").asDouble(1)));
        }
        if (head == null) {
            throw new IOException(file + " is empty");
        }
        return new Trace(head.path("trace").asText(), head.path("kind").asText().equals("dag"), tasks);
    }

    private void print() {
        System.out.println(
                "| scaler | runs | R | local | fargate | slurm | drawn | worst | cost | time | actions |"
                        + " wasted starts | beaten by a worker per task by 5 % |");
        System.out.println("|---".repeat(13) + "|");
        rows.stream().map(Row::scaler).distinct().forEach(s -> line(s, r -> true));
        System.out.println();
        System.out.println("| family | scalable | worker per task | fixed 8 |");
        System.out.println("|---".repeat(4) + "|");
        rows.stream()
                .map(Row::family)
                .distinct()
                .forEach(
                        f ->
                                System.out.printf(
                                        "| %s | %.3f | %.3f | %.3f |%n",
                                        f,
                                        mean("scalable", r -> r.family().equals(f)),
                                        mean("worker per task", r -> r.family().equals(f)),
                                        mean("fixed 8", r -> r.family().equals(f))));
    }

    private void line(String scaler, Predicate<Row> which) {
        List<Row> own =
                rows.stream().filter(r -> r.scaler().equals(scaler)).filter(which).toList();
        Map<String, Double> plain = new LinkedHashMap<>();
        rows.stream()
                .filter(r -> r.scaler().equals("worker per task"))
                .forEach(
                        r ->
                                plain.put(
                                        r.workload() + r.provider() + r.outcome().finished(),
                                        r.regret()));
        long beaten =
                own.stream()
                        .filter(
                                r ->
                                        r.regret()
                                                > 1.05
                                                        * plain.getOrDefault(
                                                                r.workload()
                                                                        + r.provider()
                                                                        + r.outcome().finished(),
                                                                Double.POSITIVE_INFINITY))
                        .count();
        System.out.printf(
                "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f | %.2f | %.2f | %.0f | %.0f | %d |%n",
                scaler,
                own.size(),
                mean(scaler, r -> true),
                mean(scaler, r -> r.provider().equals("local")),
                mean(scaler, r -> r.provider().equals("fargate")),
                mean(scaler, r -> r.provider().equals("slurm")),
                mean(scaler, r -> r.provider().equals("drawn")),
                own.stream().mapToDouble(Row::regret).max().orElse(Double.NaN),
                geometric(own.stream().mapToDouble(Row::cost).toArray()),
                geometric(own.stream().mapToDouble(Row::time).toArray()),
                own.stream().mapToInt(r -> r.outcome().actions()).average().orElse(0),
                own.stream().mapToInt(r -> r.outcome().wasted()).average().orElse(0),
                beaten);
    }

    private double mean(String scaler, Predicate<Row> which) {
        return geometric(
                rows.stream()
                        .filter(r -> r.scaler().equals(scaler))
                        .filter(which)
                        .mapToDouble(Row::regret)
                        .toArray());
    }

    private static double geometric(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += Math.log(v);
        }
        return Math.exp(sum / values.length);
    }
}
