package io.scalable.planner.domain;

import io.scalable.contracts.kafka.Quarantine;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.DurationsForgotten;
import io.scalable.planner.domain.PlannerInput.DurationsSeen;
import io.scalable.planner.domain.PlannerInput.PlanForgotten;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import io.scalable.planner.domain.PlannerOutput.Announce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of one partition. It first only reads: until {@link #goLive} it takes in what was
 * published before and decides nothing, so that a restart never begins a deployment anew. A
 * deployment that it fails on is set aside until it ends or is published again; the others go on.
 */
public final class PlannerShard {

    /** What the planner is called in service events and dead letters. */
    public static final String SERVICE = "planner";

    /** Deployments that only demand is known of; the oldest go first. */
    private static final int MOST_UNKNOWN = 1000;

    private final Map<String, DeploymentPlanning> deployments = new LinkedHashMap<>();
    private final Quarantine quarantine = new Quarantine(SERVICE);
    private @Nullable Instant liveSince;

    /** Takes in one record and says what is to be written. */
    public List<PlannerOutput> accept(PlannerInput input, Instant now) {
        String id = input.deploymentId();
        var out = new ArrayList<PlannerOutput>();
        if (input instanceof SpecPublished || input instanceof DeploymentEnded) {
            quarantine.release(id, now).ifPresent(event -> out.add(new Announce(event)));
        }
        DeploymentPlanning deployment = deployments.computeIfAbsent(id, DeploymentPlanning::new);
        out.addAll(guarded(id, now, () -> take(deployment, input, now)));
        tidy(id, deployment, input);
        return out;
    }

    /** True once it decides. */
    public boolean live() {
        return liveSince != null;
    }

    /** All that was published before has been read: begin to decide. */
    public List<PlannerOutput> goLive(Instant now) {
        liveSince = now;
        var out = new ArrayList<PlannerOutput>();
        deployments.forEach((id, deployment) -> out.addAll(wake(id, deployment, now)));
        return out;
    }

    private List<PlannerOutput> wake(String id, DeploymentPlanning deployment, Instant now) {
        if (quarantine.holds(id)) {
            return List.of();
        }
        if (!deployment.hasDeployment()) {
            // Its deployment ended while nobody was there.
            return deployment.hasWritten() ? deployment.forget() : List.of();
        }
        // An earlier planner may have set it aside.
        var out = new ArrayList<PlannerOutput>();
        out.add(new Announce(new ServiceEvent.DeploymentReleased(id, SERVICE, now)));
        out.addAll(guarded(id, now, () -> deployment.wake(now, now)));
        return out;
    }

    /** A deployment cannot be planned, for a reason outside of it: its plan cannot be written. */
    public List<PlannerOutput> setAside(String id, Throwable cause, Instant now) {
        DeploymentPlanning deployment = deployments.get(id);
        if (deployment != null) {
            deployment.setAside();
        }
        return quarantine
                .setAside(id, cause, now)
                .<List<PlannerOutput>>map(event -> List.of(new Announce(event)))
                .orElse(List.of());
    }

    /** One deployment that cannot be planned must not stop the others. */
    private List<PlannerOutput> guarded(
            String id, Instant now, Supplier<List<PlannerOutput>> decision) {
        try {
            return decision.get();
        } catch (RuntimeException | StackOverflowError e) {
            return setAside(id, e, now);
        }
    }

    private List<PlannerOutput> take(
            DeploymentPlanning deployment, PlannerInput input, Instant now) {
        Instant since = liveSince;
        boolean decides = since != null && deployment.hasDeployment();
        boolean held = quarantine.holds(input.deploymentId());
        switch (input) {
            case SpecPublished(var spec) -> {
                deployment.spec(spec);
                return since != null ? deployment.wake(now, since) : List.of();
            }
            case DeploymentEnded _ -> {
                boolean planned = deployment.end();
                return since != null && planned ? deployment.forget() : List.of();
            }
            case DemandSeen(var demand) -> {
                if (since != null && decides) {
                    return deployment.observe(demand, now, since);
                }
                if (!held) {
                    deployment.keep(demand);
                }
            }
            case ScaleAsked(var request) -> {
                if (decides) {
                    return deployment.request(request, now);
                }
                if (!held) {
                    deployment.keep(request);
                }
            }
            case WorkerHeard(var event) -> deployment.heard(event);
            case PlanSeen(var plan) -> deployment.seen(plan);
            case PlanForgotten _ -> deployment.planForgotten();
            case DurationsSeen(var durations) -> deployment.seen(durations, since != null);
            case DurationsForgotten _ -> deployment.durationsForgotten();
        }
        return List.of();
    }

    private void tidy(String id, DeploymentPlanning deployment, PlannerInput input) {
        boolean ended =
                input instanceof DeploymentEnded
                        || input instanceof PlanForgotten
                        || input instanceof DurationsForgotten;
        if (ended && !deployment.hasDeployment() && !deployment.hasWritten()) {
            deployments.remove(id);
        } else if (liveSince != null
                && deployments.size() > MOST_UNKNOWN
                && !deployment.hasDeployment()) {
            deployments.values().stream()
                    .filter(d -> !d.hasDeployment())
                    .findFirst()
                    .ifPresent(deployments.values()::remove);
        }
    }
}
