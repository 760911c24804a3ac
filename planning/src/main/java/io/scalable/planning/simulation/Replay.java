package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planning.DeploymentPlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a recorded run, made once more: what its planner was told goes through a fresh
 * one. A planner is a function of what it was told and when, so the same counts must come out.
 */
public final class Replay {

    /** Lines of the last moments may have come to the planner after the deployment's end. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /** Something that the planner was told, and what it makes of it when it hears of it. */
    private record Told(Instant at, Function<Instant, Optional<ScalePlan>> answer) {}

    private final DeploymentPlanner planner;
    private final TreeMap<Long, ScalePlan> recorded;
    private final TreeMap<Long, ScalePlan> replayed = new TreeMap<>();

    private final Deque<WorkerLifecycle> workers;

    private Replay(
            DeploymentPlanner planner, List<ScalePlan> decisions, List<WorkerLifecycle> workers) {
        this.planner = planner;
        this.workers = new ArrayDeque<>(workers);
        recorded = byGeneration(decisions);
    }

    /**
     * Replays a run and compares.
     *
     * @param planner of the recorded deployment, as its planner service made it; told nothing yet
     * @param lines what the dispatcher saw
     * @param requests what people asked for
     * @param decisions the plans that were made; of two with one generation the first counts
     * @param workers what the provider said of workers, in order
     * @param end when the deployment ended; null if that is not known
     */
    public static ReplayOutcome of(
            DeploymentPlanner planner,
            List<PoolDemand> lines,
            List<ScaleRequested> requests,
            List<ScalePlan> decisions,
            List<WorkerLifecycle> workers,
            @Nullable Instant end) {
        var told = new ArrayList<Told>();
        for (PoolDemand line : lines) {
            told.add(new Told(line.at(), now -> planner.observe(line, now)));
        }
        for (ScaleRequested request : requests) {
            // The planner refuses what names no component.
            if (planner.spec().component(request.component()).isPresent()) {
                told.add(new Told(request.at(), now -> planner.request(request, now)));
            }
        }
        told.sort(Comparator.comparing(Told::at));
        if (end != null) {
            told.removeIf(t -> t.at().isAfter(end));
        }
        var replay = new Replay(planner, decisions, workers);
        replay.tell(told);
        return replay.compare(end != null || told.isEmpty() ? end : told.getLast().at());
    }

    private static TreeMap<Long, ScalePlan> byGeneration(List<ScalePlan> plans) {
        return plans.stream()
                .collect(
                        Collectors.toMap(
                                ScalePlan::generation, p -> p, (first, _) -> first, TreeMap::new));
    }

    private void tell(List<Told> told) {
        Instant begun =
                recorded.isEmpty()
                        ? planner.spec().createdAt()
                        : recorded.firstEntry().getValue().at();
        planner.begin(begun).ifPresent(this::decided);
        for (int i = 0; i < told.size(); i++) {
            Told next = told.get(i);
            while (!workers.isEmpty() && !workers.element().at().isAfter(next.at())) {
                planner.heard(workers.remove());
            }
            Instant now = heard(next.at(), i + 1 < told.size() ? told.get(i + 1).at() : null);
            next.answer().apply(now).ifPresent(this::decided);
        }
    }

    /**
     * When the planner heard what was said at {@code at}: the time of the plan that it made of it;
     * at once where it made none.
     */
    private Instant heard(Instant at, @Nullable Instant next) {
        return recorded.values().stream()
                .map(ScalePlan::at)
                .filter(t -> !t.isBefore(at) && (next == null || t.isBefore(next)))
                .findFirst()
                .orElse(at);
    }

    private void decided(ScalePlan plan) {
        replayed.put(plan.generation(), plan);
    }

    private ReplayOutcome compare(@Nullable Instant end) {
        long last = recorded.isEmpty() ? 0 : recorded.lastKey();
        if (end != null) {
            replayed.tailMap(last, false)
                    .values()
                    .removeIf(p -> !p.at().isBefore(end.minus(CLOSING)));
        }
        var generations = new TreeMap<Long, Boolean>();
        recorded.keySet().forEach(g -> generations.put(g, same(g)));
        replayed.keySet().forEach(g -> generations.put(g, same(g)));
        int reproduced = (int) generations.values().stream().filter(s -> s).count();
        ReplayOutcome.Difference first =
                generations.entrySet().stream()
                        .filter(g -> !g.getValue())
                        .findFirst()
                        .map(Map.Entry::getKey)
                        .map(g -> new ReplayOutcome.Difference(g, recorded.get(g), replayed.get(g)))
                        .orElse(null);
        return new ReplayOutcome(recorded.size(), replayed.size(), reproduced, first);
    }

    private boolean same(long generation) {
        ScalePlan then = recorded.get(generation);
        ScalePlan now = replayed.get(generation);
        return then != null && now != null && counts(then).equals(counts(now));
    }

    private static Map<String, Integer> counts(ScalePlan plan) {
        return plan.pools().stream()
                .collect(Collectors.toMap(PoolPlan::component, PoolPlan::desired));
    }
}
