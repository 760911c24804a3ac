package io.scalable.planner.domain;

import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.PlanForgotten;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of one partition. It first only reads: until {@link #goLive} it takes in what was
 * published before and decides nothing, so that a restart never begins a deployment anew.
 */
public final class PlannerShard {

    /** Deployments that only demand is known of; the oldest go first. */
    private static final int MOST_UNKNOWN = 1000;

    private final Map<String, Desk> desks = new LinkedHashMap<>();
    private @Nullable Instant liveSince;

    /** Takes in one record and says what is to be written. */
    public List<PlannerOutput> accept(PlannerInput input, Instant now) {
        String id = input.deploymentId();
        Instant since = liveSince;
        boolean live = since != null;
        Desk desk = desks.computeIfAbsent(id, Desk::new);
        List<PlannerOutput> out =
                switch (input) {
                    case SpecPublished(var spec) -> {
                        desk.spec(spec);
                        yield since != null ? desk.wake(now, since) : List.of();
                    }
                    case DeploymentEnded ended -> {
                        boolean planned = desk.end();
                        yield live && planned ? desk.forget() : List.of();
                    }
                    case DemandSeen(var demand) -> {
                        if (since != null && desk.hasDeployment()) {
                            yield desk.observe(demand, now, since);
                        }
                        desk.keep(demand);
                        yield List.of();
                    }
                    case ScaleAsked(var request) -> {
                        if (live && desk.hasDeployment()) {
                            yield desk.request(request, now);
                        }
                        desk.keep(request);
                        yield List.of();
                    }
                    case WorkerHeard(var event) -> {
                        desk.heard(event);
                        yield List.of();
                    }
                    case PlanSeen(var plan) -> {
                        desk.seen(plan);
                        yield List.of();
                    }
                    case PlanForgotten forgotten -> {
                        desk.planForgotten();
                        yield List.of();
                    }
                };
        tidy(id, desk, input);
        return out;
    }

    /** All that was published before has been read: begin to decide. */
    public List<PlannerOutput> goLive(Instant now) {
        liveSince = now;
        var out = new ArrayList<PlannerOutput>();
        for (Desk desk : desks.values()) {
            if (desk.hasDeployment()) {
                out.addAll(desk.wake(now, now));
            } else if (desk.hasPlan()) {
                // Its deployment ended while nobody was there.
                out.addAll(desk.forget());
            }
        }
        return out;
    }

    private void tidy(String id, Desk desk, PlannerInput input) {
        boolean ended = input instanceof DeploymentEnded || input instanceof PlanForgotten;
        if (ended && !desk.hasDeployment() && !desk.hasPlan()) {
            desks.remove(id);
        } else if (liveSince != null && desks.size() > MOST_UNKNOWN && !desk.hasDeployment()) {
            desks.values().stream()
                    .filter(d -> !d.hasDeployment())
                    .findFirst()
                    .ifPresent(desks.values()::remove);
        }
    }
}
