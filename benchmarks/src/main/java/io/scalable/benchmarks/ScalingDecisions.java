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
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How good scaling decisions are, on generated workloads or recorded traces and several models of
 * providers, beside a worker per task and fixed counts. The measure is R: the square root of cost
 * times time, each as a ratio to a schedule made with perfect knowledge.
 *
 * <p>Arguments: {@code FROM-TO} (these seeds of every family) or trace files. System properties:
 * {@code each} prints every run, {@code family}, {@code provider} and {@code scaler} are patterns
 * of those to run.
 */
public final class ScalingDecisions {

    private static final double INTERVAL = 2;
    private static final String OWN = "scalable";
    private static final String PLAIN = "a worker per task";
    private static final String FIXED = "8 workers a pool";
    private static final String DRAWN = "drawn";

    /** A run that a worker per task beats by more than this is counted. */
    private static final double BEATEN = 1.05;

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

    private ScalingDecisions() {}

    /**
     * @throws IOException if a trace cannot be read
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("say FROM-TO (seeds of generated workloads) or trace files");
            System.exit(2);
        }
        var benchmark = new ScalingDecisions();
        for (String arg : args) {
            if (arg.matches("\\d+-\\d+")) {
                String[] range = arg.split("-", 2);
                int last = Integer.parseInt(range[1]);
                for (int seed = Integer.parseInt(range[0]); seed <= last; seed++) {
                    benchmark.generated(seed);
                }
            } else {
                benchmark.recorded(Path.of(arg));
            }
        }
        benchmark.print();
    }

    private static boolean wanted(String property, String name) {
        return name.matches(System.getProperty(property, ".*"));
    }

    private void generated(int seed) {
        for (WorkloadFamily family : WorkloadFamily.values()) {
            if (wanted("family", family.name())) {
                Trace trace = family.draw(seed);
                var providers = new ArrayList<>(ProviderModel.KNOWN);
                providers.add(DrawnProvider.of(seed * 100L + family.ordinal()));
                providers.forEach(p -> run(trace, family.name(), p, seed));
            }
        }
    }

    private void recorded(Path file) throws IOException {
        Trace trace = read(file);
        ProviderModel.KNOWN.forEach(p -> run(trace, trace.name(), p, 1));
    }

    private void run(Trace trace, String family, ProviderModel provider, int seed) {
        if (!wanted("provider", provider.name())) {
            return;
        }
        Clairvoyant.Point best = Clairvoyant.balance(trace, provider);
        var scalers = new LinkedHashMap<String, Scaler>();
        scalers.put(OWN, scalable(trace, provider));
        scalers.put(PLAIN, Baseline.workerPerTask());
        scalers.put(FIXED, Baseline.fixed(8, trace));
        scalers.forEach(
                (name, scaler) -> {
                    if (wanted("scaler", name)) {
                        double interval = name.equals(OWN) ? INTERVAL : 1;
                        var simulation = new Simulation(trace, provider, scaler, interval, seed);
                        add(trace, family, provider.name(), name, best, simulation.run());
                    }
                });
    }

    private void add(
            Trace trace,
            String family,
            String provider,
            String scaler,
            Clairvoyant.Point best,
            Outcome outcome) {
        double time = trace.graph() ? outcome.makespan() : outcome.meanResponse();
        var row =
                new Row(
                        trace.name(),
                        family,
                        provider.startsWith(DRAWN) ? DRAWN : provider,
                        scaler,
                        best.regret(outcome, trace.graph()),
                        outcome.cost() / best.cost(),
                        time / best.seconds(),
                        outcome);
        rows.add(row);
        if (Boolean.getBoolean("each")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %-10s %-17s R %.3f, cost %.3f, time %.3f, %d actions, %d wasted%n",
                    row.workload(),
                    provider,
                    scaler,
                    row.regret(),
                    row.cost(),
                    row.time(),
                    outcome.actions(),
                    outcome.wasted());
        }
    }

    private static Scaler scalable(Trace trace, ProviderModel provider) {
        var pools = new ArrayList<PoolSpec>();
        var bounds = new Bounds(0, provider.maximum());
        trace.pools()
                .forEach(
                        (name, shape) ->
                                pools.add(
                                        new PoolSpec(name, bounds, shape.price(), shape.slots())));
        Goal goal = Goal.of(Objective.BALANCE, Policy.AGGRESSIVE, null);
        Decider decider =
                trace.graph()
                        ? Decider.ofGraph(pools, tasks(trace), provider.economics(), goal, INTERVAL)
                        : Decider.ofStream(pools, provider.economics(), goal, INTERVAL);
        return demand -> {
            var desired = new LinkedHashMap<String, Integer>();
            decider.decide(demand).forEach(t -> desired.put(t.pool(), t.desired()));
            return desired;
        };
    }

    private static List<GraphTask> tasks(Trace trace) {
        var tasks = new ArrayList<GraphTask>();
        for (TraceTask task : trace.tasks()) {
            List<String> parents = task.parents().stream().map(String::valueOf).toList();
            tasks.add(new GraphTask(task.name(), task.pool(), parents));
        }
        return tasks;
    }

    private static Trace read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        JsonNode head = Json.mapper().readTree(lines.getFirst());
        var tasks = new ArrayList<TraceTask>();
        for (String line : lines.subList(1, lines.size())) {
            JsonNode row = Json.mapper().readTree(line);
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
        boolean graph = head.path("kind").asText().equals("dag");
        return new Trace(head.path("trace").asText(), graph, tasks);
    }

    private void print() {
        System.out.println(
                "| | runs | R | local | Fargate | Slurm | drawn | worst | cost | time | actions |"
                        + " wasted starts | beaten |");
        System.out.println("|---".repeat(13) + "|");
        rows.stream().map(Row::scaler).distinct().forEach(this::printScaler);
        System.out.println();
        System.out.println("| family | " + String.join(" | ", List.of(OWN, PLAIN, FIXED)) + " |");
        System.out.println("|---".repeat(4) + "|");
        rows.stream().map(Row::family).distinct().forEach(this::printFamily);
    }

    private void printScaler(String scaler) {
        Predicate<Row> own = r -> r.scaler().equals(scaler);
        List<Row> runs = rows.stream().filter(own).toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f | %.2f | %.2f | %.0f | %.0f"
                        + " | %d |%n",
                scaler,
                runs.size(),
                mean(own, Row::regret),
                mean(own.and(r -> r.provider().equals("local")), Row::regret),
                mean(own.and(r -> r.provider().equals("fargate")), Row::regret),
                mean(own.and(r -> r.provider().equals("slurm")), Row::regret),
                mean(own.and(r -> r.provider().equals(DRAWN)), Row::regret),
                runs.stream().mapToDouble(Row::regret).max().orElse(Double.NaN),
                mean(own, Row::cost),
                mean(own, Row::time),
                runs.stream().mapToInt(r -> r.outcome().actions()).average().orElse(0),
                runs.stream().mapToInt(r -> r.outcome().wasted()).average().orElse(0),
                runs.stream().filter(this::isBeaten).count());
    }

    private void printFamily(String family) {
        Predicate<Row> own = r -> r.family().equals(family);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f |%n",
                family.toLowerCase(Locale.ROOT).replace('_', ' '),
                mean(own.and(r -> r.scaler().equals(OWN)), Row::regret),
                mean(own.and(r -> r.scaler().equals(PLAIN)), Row::regret),
                mean(own.and(r -> r.scaler().equals(FIXED)), Row::regret));
    }

    private boolean isBeaten(Row row) {
        return rows.stream()
                .filter(r -> r.scaler().equals(PLAIN))
                .filter(r -> r.workload().equals(row.workload()))
                .filter(r -> r.provider().equals(row.provider()))
                .anyMatch(r -> row.regret() > BEATEN * r.regret());
    }

    /** The geometric mean. */
    private double mean(Predicate<Row> which, ToDoubleFunction<Row> value) {
        return Math.exp(
                rows.stream()
                        .filter(which)
                        .mapToDouble(value)
                        .map(Math::log)
                        .average()
                        .orElse(Double.NaN));
    }
}
