package io.scalable.provider.reconcile;

import static io.scalable.provider.Deployments.START;
import static io.scalable.provider.Deployments.aDeployment;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.Deployments;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cluster, its goal, what its backend lists, and the time. Launched workers are listed as pending
 * at once; tests say what becomes of them.
 */
final class ReconcileContext {

    static final String ID = "d";
    static final Timings TIMINGS =
            new Timings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(8));

    final Map<String, WorkerStatus> listing = new LinkedHashMap<>();
    private final Reconciler reconciler = new Reconciler(TIMINGS);
    private final DeploymentSpec deployment;
    private Cluster cluster = new Cluster(TIMINGS, List.of());
    private Duration listingLag = Duration.ZERO;
    private Duration lead = Duration.ZERO;
    private ScalePlan plan;
    private boolean ended;
    private long generation;
    private Instant now = START;

    ReconcileContext(DeploymentSpec deployment) {
        this.deployment = deployment;
    }

    /** Pools {@code a} and {@code b} of at most 4 workers each. */
    static ReconcileContext twoPools() {
        return new ReconcileContext(aDeployment(ID).pool("a", 4).pool("b", 4).build());
    }

    static ReconcileContext twoPoolsWithMaxWorkers(int max) {
        return new ReconcileContext(
                aDeployment(ID).pool("a", 4).pool("b", 4).maxWorkers(max).build());
    }

    /** The same where a worker of {@code a} costs 1 an hour, one of {@code b} 3. */
    static ReconcileContext twoPricedPools(int maxWorkers, double maxPerHour) {
        var prices = Map.of("a", 1.0, "b", 3.0);
        var pricing = new Pricing("USD", "2026-01-01", prices, 60, 40, maxPerHour, null);
        return new ReconcileContext(
                aDeployment(ID)
                        .pool("a", 4)
                        .pool("b", 4)
                        .maxWorkers(maxWorkers)
                        .build()
                        .withPricing(pricing));
    }

    ReconcileContext recoveredFrom(Launch... ledger) {
        cluster = new Cluster(TIMINGS, List.of(ledger));
        return this;
    }

    /** A new host, with a ledger that has every worker, knows no phase and no back-off. */
    ReconcileContext restart() {
        var ledger = new ArrayList<Launch>();
        for (TrackedWorker worker : cluster.workers()) {
            ledger.add(entry(worker.ref(), Launch.Step.LAUNCHED));
        }
        for (String pool : List.of("a", "b")) {
            int newest = cluster.newestOrdinal(pool);
            var ref = new WorkerRef(pool, ID + "-" + pool + "-" + newest, newest);
            if (newest > 0 && !cluster.tracks(ref.workerId())) {
                ledger.add(entry(ref, Launch.Step.GONE));
            }
        }
        cluster = new Cluster(TIMINGS, ledger);
        return this;
    }

    private Launch entry(WorkerRef ref, Launch.Step step) {
        return new Launch(ID, ref.component(), ref.workerId(), ref.ordinal(), step, null, now);
    }

    ReconcileContext listingLag(Duration lag) {
        listingLag = lag;
        return this;
    }

    /** Launches take this long: workers about to end are replaced so much ahead of time. */
    ReconcileContext launchLead(Duration time) {
        lead = time;
        return this;
    }

    /** Ready workers whose allocations end {@code left} from now. */
    ReconcileContext readyUntil(Duration left, String... workers) {
        return lists(new Running("node", true, now.plus(left)), workers);
    }

    /** One pass under a new plan. */
    List<WorkerEvent> planned(Map<String, Integer> desired) {
        plan = Deployments.plan(ID, ++generation, desired);
        return pass();
    }

    List<WorkerEvent> ended() {
        ended = true;
        return pass();
    }

    List<WorkerEvent> pass() {
        var events = new ArrayList<WorkerEvent>();
        var goal = new Goal(deployment, plan, ended);
        for (WorkerEvent event :
                new Observer(listingLag, _ -> false).observe(cluster, goal, listing, now)) {
            cluster.apply(event);
            events.add(event);
            if (!cluster.tracks(event.worker().workerId())) {
                listing.remove(event.worker().workerId());
            }
        }
        List<String> untracked =
                Observer.strays(cluster, listing).stream()
                        .filter(id -> !(listing.get(id) instanceof Exited))
                        .toList();
        Strays strays = Strays.of(deployment, untracked);
        Set<String> unknown = Observer.unknown(listing);
        for (WorkerEvent decision : reconciler.decide(cluster, goal, strays, unknown, lead, now)) {
            cluster.apply(decision);
            events.add(decision);
            if (decision instanceof WorkerEvent.LaunchDecided) {
                listing.put(decision.worker().workerId(), new Pending("queue"));
            }
        }
        return events;
    }

    ReconcileContext starts(String... workers) {
        return lists(new Running("node", false), workers);
    }

    ReconcileContext ready(String... workers) {
        return lists(new Running("node", true), workers);
    }

    ReconcileContext exits(int code, String... workers) {
        return lists(new Exited(code, false, "exit " + code, "last words"), workers);
    }

    ReconcileContext lists(WorkerStatus status, String... workers) {
        for (String worker : workers) {
            listing.put(ID + "-" + worker, status);
        }
        return this;
    }

    ReconcileContext vanishes(String worker) {
        listing.remove(ID + "-" + worker);
        return this;
    }

    ReconcileContext elapse(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** Workers not known to be gone, such as {@code a-1}. */
    List<String> tracked() {
        return cluster.workers().stream().map(w -> shortName(w.ref())).toList();
    }

    /** Events as {@code LaunchDecided a-1}. */
    static List<String> names(List<WorkerEvent> events) {
        return events.stream()
                .map(e -> e.getClass().getSimpleName() + " " + shortName(e.worker()))
                .toList();
    }

    private static String shortName(WorkerRef ref) {
        return ref.workerId().substring(ID.length() + 1);
    }
}
