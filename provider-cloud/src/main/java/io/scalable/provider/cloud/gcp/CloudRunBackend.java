package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.gcp.Answers.Answer;
import io.scalable.provider.cloud.gcp.CloudRun.Operation;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import io.scalable.provider.cloud.gcp.PoolEntry.Ended;
import io.scalable.provider.cloud.gcp.PoolEntry.Going;
import io.scalable.provider.cloud.gcp.PoolEntry.Made;
import io.scalable.provider.platform.ReportedWorkers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one deployment on Cloud Run. Questions are put on a thread of their own; what is
 * answered is taken in by the next {@link #observe()}.
 */
final class CloudRunBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(CloudRunBackend.class.getName());

    private final CloudRun cloud;
    private final PoolBody bodies;
    private final CloudRunPacing pacing;
    private final CloudSettings settings;
    private final ReportedWorkers reported;
    private final Answers answers;
    private final PoolTable table;

    private @Nullable Instant heard;
    private Instant nextListing = Instant.MIN;
    private Instant nextCreation = Instant.MIN;
    private Instant nextDeletion = Instant.MIN;
    private int failures;
    private int limits;
    private int refusals;
    private int batch;
    private String trouble = "Cloud Run has not answered yet";
    private boolean useless;

    /**
     * @param answers asks what blocks, one thing at a time
     */
    CloudRunBackend(
            String deploymentId,
            CloudRun cloud,
            PoolBody bodies,
            CloudRunPacing pacing,
            CloudSettings settings,
            Answers answers) {
        this.cloud = cloud;
        this.bodies = bodies;
        this.pacing = pacing;
        this.settings = settings;
        this.reported = settings.reported();
        this.answers = answers;
        this.table = new PoolTable(deploymentId, pacing.visibility(), pacing.shutdown());
        this.batch = pacing.batch();
    }

    @Override
    public void launch(LaunchOrder order) {
        try {
            JsonNode unused = bodies.of(order);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new LaunchRefusedException(
                    "worker " + order.workerId() + ": " + e.getMessage(), e);
        }
        table.add(order);
    }

    /** One that is ready is left alone. */
    @Override
    public void cancel(String workerId) {
        if (!reported.wasReady(workerId)) {
            table.end(workerId, now());
        }
    }

    /** Its container gets SIGTERM, and is killed by Cloud Run if it does not end. */
    @Override
    public void terminate(String workerId) {
        table.end(workerId, now());
    }

    /** There is nothing harder than a deletion. */
    @Override
    public void kill(String workerId) {
        table.end(workerId, now());
    }

    @Override
    public void forget(String workerId) {
        table.forget(workerId, now());
        reported.forget(workerId);
    }

    /**
     * What an earlier host made may be listed late, and only a listing that is younger than that
     * tells that it was not made: the last one may be old.
     */
    @Override
    public Duration listingLag() {
        Duration age = heard == null ? Duration.ZERO : Duration.between(heard, now());
        return pacing.visibility().plus(age.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Pools go on: the next host adopts them. */
    @Override
    public void close() {
        answers.close();
        cloud.close();
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        answers.takeIn();
        Instant now = now();
        List.copyOf(table.workers().keySet()).forEach(id -> listen(id, now));
        table.settle(now);
        askNext(now);
        if (!table.listedOnce()) {
            throw new BackendUnavailableException(trouble, useless, null);
        }
        boolean stale = heard == null || heard.plus(pacing.patience()).isBefore(now);
        var statuses = new PoolStatus(bodies.target().region(), stale ? trouble : null);
        var listing = new HashMap<String, WorkerStatus>();
        table.workers()
                .forEach((id, entry) -> listing.put(id, statuses.of(entry, reported.wasReady(id))));
        return listing;
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /** A worker that spoke was made: it must not be made again when it has gone. */
    private void listen(String id, Instant now) {
        if (reported.wasReady(id)) {
            table.found(id, now);
        }
        if (table.workers().get(id) instanceof Made made) {
            Ended ended = new WorkerEnd(reported, pacing.start()).of(id, made, now);
            if (ended != null) {
                table.end(id, ended, now);
            }
        }
    }

    /** At most one thing is asked at a time: ends first, then launches, then how things are. */
    private void askNext(Instant now) {
        if (answers.asking()) {
            return;
        }
        List<String> ends = now.isBefore(nextDeletion) ? List.of() : table.nextDeletions(batch);
        if (!ends.isEmpty()) {
            delete(ends);
            return;
        }
        boolean mayCreate = table.listedOnce() && !now.isBefore(nextCreation);
        List<LaunchOrder> orders = mayCreate ? table.nextCreations(batch) : List.of();
        if (!orders.isEmpty()) {
            create(orders);
        } else if (!now.isBefore(nextListing)) {
            list();
        }
    }

    private void create(List<LaunchOrder> orders) {
        var byId = new LinkedHashMap<String, LaunchOrder>();
        orders.forEach(order -> byId.put(order.workerId(), order));
        answers.askAll(
                byId,
                order -> cloud.create(SafeName.pool(order.workerId()), bodies.of(order)),
                made -> {
                    boolean limited = false;
                    for (var answer : made.entrySet()) {
                        limited |= created(answer.getKey(), answer.getValue());
                    }
                    afterCreations(limited);
                });
    }

    /**
     * Takes in what became of a try to make a pool.
     *
     * @return true if it is better to wait before the next try
     */
    private boolean created(String id, Answer<Operation> answer) {
        Instant now = now();
        GoogleException e = answer.trouble();
        if (e == null) {
            table.created(id, answer.value().name(), now);
            return false;
        }
        switch (e.kind()) {
            case EXISTS -> table.created(id, null, now);
            case UNAVAILABLE -> table.unsure(id, e.text(), now);
            case LIMIT -> table.postponed(id, "a quota of Google Cloud: " + e.text(), now);
            case LOGIN, BUSY -> table.postponed(id, e.text(), now);
            case MISSING, REFUSED -> table.refused(id, e.text() + refusal(e), now);
        }
        return e.kind() == Kind.UNAVAILABLE
                || e.kind() == Kind.LIMIT
                || e.kind() == Kind.LOGIN
                || e.kind() == Kind.BUSY;
    }

    static String refusal(GoogleException e) {
        return e.text().contains("PERMISSION_DENIED")
                ? "; whoever runs this needs roles/run.developer on the project and"
                        + " roles/iam.serviceAccountUser on the workers' service account"
                : "";
    }

    private void afterCreations(boolean limited) {
        if (limited) {
            nextCreation = now().plus(pacing.growing(limits++));
            batch = Math.max(1, batch / 2);
        } else {
            limits = 0;
            batch = Math.min(pacing.batch(), batch * 2);
        }
        soon();
    }

    private void delete(List<String> ids) {
        var pools = new HashMap<String, String>();
        ids.forEach(
                id -> {
                    if (table.workers().get(id) instanceof Going going) {
                        pools.put(id, going.pool());
                    }
                });
        answers.askAll(
                pools,
                cloud::delete,
                gone -> {
                    gone.forEach(this::deleted);
                    soon();
                });
    }

    private void deleted(String id, Answer<Operation> answer) {
        GoogleException e = answer.trouble();
        if (e == null) {
            table.deleted(id, answer.value().name(), now());
            refusals = 0;
            return;
        }
        if (e.kind() == Kind.MISSING) {
            table.deleted(id, null, now());
            return;
        }
        if (e.kind() == Kind.REFUSED && refusals == 0) {
            LOG.log(
                    Level.ERROR,
                    "worker {0} cannot be ended, and costs money: {1}{2}",
                    id,
                    e.text(),
                    refusal(e));
        }
        table.notDeleted(id);
        nextDeletion = now().plus(pacing.growing(refusals++));
    }

    private void list() {
        Map<String, String> operations = table.openOperations();
        answers.ask(
                () -> Look.at(cloud, operations, pacing.batch()),
                answer -> {
                    GoogleException e = answer.trouble();
                    if (e == null) {
                        heard(answer.value());
                    } else {
                        trouble = e.text() + refusal(e);
                        useless = e.surely();
                        nextListing = now().plus(pacing.growing(failures++));
                    }
                });
    }

    private void heard(Look look) {
        Instant now = now();
        heard = now;
        failures = 0;
        useless = false;
        table.listed(look.pools(), now);
        look.operations()
                .forEach((id, done) -> table.operationDone(id, done.name(), done.error(), now));
        nextListing = now.plus(table.inMotion() ? pacing.moving() : pacing.steady());
    }

    private void soon() {
        Instant soon = now().plus(pacing.moving().dividedBy(2));
        if (soon.isBefore(nextListing)) {
            nextListing = soon;
        }
    }
}
