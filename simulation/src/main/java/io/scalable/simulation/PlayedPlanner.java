package io.scalable.simulation;

import static io.scalable.simulation.PlayedDispatcher.shared;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planner.domain.PlannerInput;
import io.scalable.planner.domain.PlannerOutput;
import io.scalable.planner.domain.PlannerShards;
import io.scalable.simulation.Log.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The planner service: the real shards; reads everything again at each start. */
final class PlayedPlanner {

    private static final List<String> READ_FIRST =
            List.of(
                    Topics.DEPLOYMENTS,
                    Topics.SCALE_REQUESTS,
                    Topics.SCALE_PLANS,
                    Topics.ESTIMATES,
                    Topics.WORKER_LIFECYCLE);

    private static final List<String> COMPACTED =
            List.of(Topics.DEPLOYMENTS, Topics.SCALE_PLANS, Topics.ESTIMATES, Topics.POOL_DEMAND);

    private static final List<Partition> INPUTS =
            List.of(
                    shared(Topics.DEPLOYMENTS),
                    shared(Topics.POOL_DEMAND),
                    shared(Topics.SCALE_REQUESTS),
                    shared(Topics.SCALE_PLANS),
                    shared(Topics.ESTIMATES),
                    shared(Topics.WORKER_LIFECYCLE));

    private static final int MOST_RECORDS = 200;

    private final World world;
    private final Map<Partition, Long> positions = new LinkedHashMap<>();
    private final Map<Partition, Long> unread = new HashMap<>();
    private Outbox outbox;
    private PlannerShards shards = new PlannerShards();
    private int life;
    private boolean compacted;
    private Map<Partition, Long> endsAtStart = Map.of();

    PlayedPlanner(World world) {
        this.world = world;
        outbox = new Outbox(world);
    }

    void start() {
        outbox = new Outbox(world);
        shards = new PlannerShards();
        positions.clear();
        compacted = world.schedule.oneIn(2);
        unread.clear();
        var ends = new HashMap<Partition, Long>();
        for (Partition input : INPUTS) {
            long end = world.log.end(input);
            ends.put(input, end);
            if (end > 0 && READ_FIRST.contains(input.topic())) {
                unread.put(input, end);
            }
        }
        endsAtStart = ends;
        shards.assigned(0);
        int mine = ++life;
        world.schedule.after(5, () -> poll(mine));
    }

    void kill() {
        life++;
        outbox.kill();
        world.trace("planner", Fault.PLANNER_KILLED);
        world.schedule.after(world.schedule.between(500, 8_000), this::start);
    }

    private void poll(int mine) {
        if (mine != life) {
            return;
        }
        if (unread.isEmpty()) {
            write(shards.goLive(0, world.schedule.now()));
        }
        for (int i = 0; i < MOST_RECORDS; i++) {
            Log.Entry next = next();
            if (next == null) {
                break;
            }
            positions.put(next.partition(), next.offset() + 1);
            accept(next);
        }
        world.schedule.after(world.schedule.pause(world.calm(), 5, 100), () -> poll(mine));
    }

    private Log.@Nullable Entry next() {
        var heads = new ArrayList<Log.Entry>();
        for (Partition input : INPUTS) {
            Log.Entry head = head(input);
            if (head != null) {
                heads.add(head);
            }
        }
        return heads.isEmpty() ? null : heads.get(world.schedule.between(0, heads.size() - 1));
    }

    private Log.@Nullable Entry head(Partition input) {
        boolean compacts = compacted && COMPACTED.contains(input.topic());
        long end = endsAtStart.getOrDefault(input, 0L);
        Log.Entry head = world.log.read(input, positions.getOrDefault(input, 0L));
        while (compacts && head != null && head.offset() < end && world.log.superseded(head)) {
            head = world.log.read(input, head.offset() + 1);
        }
        return head;
    }

    private void accept(Log.Entry record) {
        PlannerInput input = input(record);
        if (input != null) {
            write(shards.accept(0, input, world.schedule.now()));
        }
        Long end = unread.get(record.partition());
        if (end != null && record.offset() + 1 >= end) {
            unread.remove(record.partition());
        }
    }

    private void write(List<PlannerOutput> outputs) {
        String id = Workload.DEPLOYMENT;
        for (PlannerOutput output : outputs) {
            switch (output) {
                case PlannerOutput.PublishPlan(var plan) ->
                        outbox.send(shared(Topics.SCALE_PLANS), id, plan);
                case PlannerOutput.Remember(var durations) ->
                        outbox.send(shared(Topics.ESTIMATES), id, durations);
                case PlannerOutput.Forget _ -> {
                    outbox.send(shared(Topics.SCALE_PLANS), id, null);
                    outbox.send(shared(Topics.ESTIMATES), id, null);
                }
                case PlannerOutput.Refused(var _, var reason) ->
                        throw new BrokenInvariant("NoCommandFails", "planner: " + reason);
                case PlannerOutput.Announce(var event) -> {
                    if (event instanceof ServiceEvent.DeploymentSetAside) {
                        throw new BrokenInvariant("NoCommandFails", "planner: " + event);
                    }
                }
            }
        }
    }

    private static @Nullable PlannerInput input(Log.Entry record) {
        return switch (record.value()) {
            case null ->
                    switch (record.partition().topic()) {
                        case Topics.DEPLOYMENTS -> new PlannerInput.DeploymentEnded(record.key());
                        case Topics.SCALE_PLANS -> new PlannerInput.PlanForgotten(record.key());
                        case Topics.ESTIMATES -> new PlannerInput.DurationsForgotten(record.key());
                        default -> null;
                    };
            case DurationsLearned durations -> new PlannerInput.DurationsSeen(durations);
            case DeploymentSpec spec -> new PlannerInput.SpecPublished(spec);
            case PoolDemand demand -> new PlannerInput.DemandSeen(demand);
            case ScaleRequested request -> new PlannerInput.ScaleAsked(request);
            case ScalePlan plan -> new PlannerInput.PlanSeen(plan);
            case WorkerLifecycle lifecycle -> new PlannerInput.WorkerHeard(lifecycle);
            default -> throw new IllegalStateException("no input of the planner: " + record);
        };
    }
}
