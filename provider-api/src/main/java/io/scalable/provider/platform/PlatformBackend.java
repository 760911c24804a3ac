package io.scalable.provider.platform;

import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.platform.Lanes.Lane;
import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.WorkerEntry.Ended;
import io.scalable.provider.platform.WorkerEntry.Known;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The workers of one deployment at a {@link Platform}. */
public final class PlatformBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(PlatformBackend.class.getName());

    private final Platform platform;
    private final Traits traits;
    private final SharedListing listing;
    private final ReportedWorkers reported;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Runnable closed;

    private final WorkerTable table;
    private final Lanes lanes;
    private final LaunchPace launches;
    private final LookPace looks;
    private final StartTimes starts;
    private final Set<String> doubtful = new HashSet<>();
    private Set<String> missing = Set.of();
    private @Nullable Instant taken;

    /**
     * @param listing the listings of the platform
     * @param most what {@link #launchLead()} never passes
     * @param executor runs what blocks; several things at the same time
     * @param random from 0 to below 1
     * @param changed called by any thread when there is news
     * @param closed called when the backend is closed
     */
    public PlatformBackend(
            String deploymentId,
            SharedListing listing,
            ReportedWorkers reported,
            Duration most,
            InstantSource clock,
            Executor executor,
            DoubleSupplier random,
            Runnable changed,
            Runnable closed) {
        this.platform = listing.platform();
        this.traits = platform.traits();
        this.listing = listing;
        this.reported = reported;
        this.clock = clock;
        this.random = random;
        this.closed = closed;
        this.table = new WorkerTable(deploymentId, traits);
        this.lanes = new Lanes(executor, traits.launchesAtOnce(), changed);
        this.launches = new LaunchPace(traits);
        this.looks = new LookPace(traits, clock.instant());
        this.starts = new StartTimes(most);
    }

    @Override
    public void launch(LaunchOrder order) {
        table.order(order);
    }

    @Override
    public void cancel(String workerId) {
        if (!reported.lives(workerId)) {
            table.end(workerId, Ending.UNLESS_READY, clock.instant());
        }
    }

    @Override
    public void terminate(String workerId) {
        table.end(workerId, Ending.ASK, clock.instant());
    }

    @Override
    public void kill(String workerId) {
        table.end(workerId, Ending.KILL, clock.instant());
    }

    @Override
    public void forget(String workerId) {
        if (table.workers().containsKey(workerId)) {
            table.forget(workerId);
            doubtful.remove(workerId);
            starts.forget(workerId);
            reported.forget(workerId);
            platform.forget(workerId);
        }
    }

    /** What earlier hosts launched may show up as late as what is launched now. */
    @Override
    public Duration listingLag() {
        return traits.visibility();
    }

    @Override
    public Duration launchLead() {
        return starts.lead();
    }

    /** What runs goes on: the next host adopts it. */
    @Override
    public void close() {
        closed.run();
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        Instant now = clock.instant();
        lanes.takeIn();
        lookAtReports(now);
        endSome(now);
        listing.want(looks.due(), now);
        takeListing(now);
        if (!table.listedOnce()) {
            PlatformException trouble = listing.trouble();
            boolean useless = trouble != null && trouble.useless();
            throw new BackendUnavailableException(trouble(), useless, trouble);
        }
        launchSome(now);
        var statuses = new HashMap<String, WorkerStatus>();
        boolean stale = taken == null || taken.plus(traits.patience()).isBefore(now);
        table.workers().forEach((id, entry) -> statuses.put(id, status(id, entry, stale)));
        return statuses;
    }

    /** A worker that has left, or has fallen silent, is worth a look. */
    private void lookAtReports(Instant now) {
        table.workers()
                .forEach(
                        (id, entry) -> {
                            if (reported.wasReady(id)) {
                                starts.ready(id, now);
                            }
                            if (!(entry instanceof Known) || !reported.mayBeGone(id)) {
                                doubtful.remove(id);
                            } else if (doubtful.add(id)) {
                                looks.by(lookFor(now));
                            }
                        });
    }

    /** Soon, but workers that stutter do not make the platform be asked all the time. */
    private Instant lookFor(Instant now) {
        Instant soon = now.plus(traits.soon());
        Instant apart = taken == null ? soon : taken.plus(traits.soon().multipliedBy(8));
        return apart.isAfter(soon) ? apart : soon;
    }

    private void endSome(Instant now) {
        if (!lanes.free(Lane.END)) {
            return;
        }
        Map<Ending, List<String>> ends = table.nextEnds(reported::wasReady, now);
        if (ends.isEmpty()) {
            return;
        }
        lanes.call(
                Lane.END,
                () -> endAll(ends),
                answer -> {
                    table.notEnded(
                            answer instanceof Answer.Value<List<String>>(var failed)
                                    ? failed
                                    : ends.values().stream().flatMap(List::stream).toList());
                    looks.stir(clock.instant());
                });
    }

    /** The handles of which that failed. */
    private List<String> endAll(Map<Ending, List<String>> ends) {
        var failed = new ArrayList<String>();
        ends.forEach(
                (how, handles) -> {
                    try {
                        platform.end(handles, how);
                    } catch (PlatformException e) {
                        LOG.log(Level.WARNING, "not ended yet: {0}: {1}", handles, e.text());
                        failed.addAll(handles);
                    }
                });
        return failed;
    }

    private void launchSome(Instant now) {
        while (lanes.free(Lane.LAUNCH) && launches.ready(now)) {
            List<LaunchOrder> batch = table.nextBatch(launches.batch(), reported::lives);
            if (batch.isEmpty()) {
                return;
            }
            launches.called();
            batch.forEach(order -> starts.asked(order.workerId(), now));
            lanes.call(
                    Lane.LAUNCH, () -> platform.launch(batch), answer -> launched(batch, answer));
        }
    }

    private void launched(List<LaunchOrder> batch, Answer<Map<String, Launched>> answer) {
        Instant now = clock.instant();
        Launched worst = null;
        for (LaunchOrder order : batch) {
            Launched outcome =
                    switch (answer) {
                        case Answer.Value<Map<String, Launched>>(var each) ->
                                each.getOrDefault(
                                        order.workerId(),
                                        new Launched.Unsure("nothing was said of it", true));
                        case Answer.Failure<Map<String, Launched>>(var problem) ->
                                problem.outcome();
                    };
            table.launched(order.workerId(), outcome, now);
            worst = worse(worst, outcome);
        }
        switch (worst) {
            case null -> {}
            case Launched.Started _ -> launches.worked();
            case Launched.Later(var _, var retryAfter) ->
                    launches.failed(batch.size(), now, random.getAsDouble(), retryAfter);
            case Launched.Unsure _ -> {
                launches.unsure(now, random.getAsDouble());
                looks.by(now.plus(traits.settle()));
            }
            case Launched.Never _ -> {}
        }
        looks.stir(now);
    }

    private static Launched worse(@Nullable Launched one, Launched other) {
        return one == null || rank(other) > rank(one) ? other : one;
    }

    private static int rank(Launched outcome) {
        return switch (outcome) {
            case Launched.Never _ -> 0;
            case Launched.Started _ -> 1;
            case Launched.Later _ -> 2;
            case Launched.Unsure _ -> 3;
        };
    }

    private void takeListing(Instant now) {
        Listing newest = listing.newest();
        if (newest == null || newest.began().equals(taken)) {
            return;
        }
        taken = newest.began();
        looks.looked(newest.began());
        Set<String> lacks = table.listed(newest, reported::lives, now);
        if (!missing.containsAll(lacks)) {
            looks.stir(now);
        }
        missing = lacks;
        if (!lacks.isEmpty() && lanes.free(Lane.LOOK)) {
            lanes.call(
                    Lane.LOOK,
                    () -> new Listing(now, platform.find(lacks)),
                    answer -> {
                        if (answer instanceof Answer.Value<Listing>(var found)) {
                            table.found(lacks, found, reported::lives, clock.instant());
                        }
                    });
        }
    }

    private String trouble() {
        PlatformException trouble = listing.trouble();
        return trouble == null ? "the platform has not answered yet" : trouble.text();
    }

    private WorkerStatus status(String id, WorkerEntry entry, boolean stale) {
        boolean lives = reported.lives(id);
        return switch (entry) {
            case Ended(var _, var code, var message, var cause) ->
                    new WorkerStatus.Exited(
                            code, reported.wasReady(id), message, platform.log(id), cause);
            case Known known when lives -> running(known, true);
            case Known known -> status(id, known, stale);
            case WorkerEntry _ when lives -> new WorkerStatus.Running("not listed so far", true);
            case WorkerEntry.Ordered(var _, var reason, var _) -> new WorkerStatus.Pending(reason);
            case WorkerEntry.Asking _ -> new WorkerStatus.Pending("the platform is being asked");
            case WorkerEntry.Unsure(var _, var _, var reason, var _, var _) ->
                    new WorkerStatus.Pending("nobody knows yet whether it was launched: " + reason);
        };
    }

    private WorkerStatus status(String id, Known known, boolean stale) {
        if (stale || known.missingSince() != null) {
            return new WorkerStatus.Unknown(stale ? trouble() : "not listed at present");
        }
        return switch (known.state()) {
            case Sighting.State.Queued(var reason) -> new WorkerStatus.Pending(reason);
            case Sighting.State.Stuck(var reason) -> new WorkerStatus.Pending(reason);
            case Sighting.State.Running _ -> running(known, reported.wasReady(id));
            case Sighting.State.Unclear(var reason) -> new WorkerStatus.Unknown(reason);
            case Sighting.State.Ended(var _, var message, var _) ->
                    new WorkerStatus.Unknown(message);
        };
    }

    private WorkerStatus running(Known known, boolean ready) {
        return known.state() instanceof Sighting.State.Running(var place, var endsAt)
                ? new WorkerStatus.Running(place, ready, endsAt)
                : new WorkerStatus.Running(platform.describe(known.handle()), ready);
    }
}
