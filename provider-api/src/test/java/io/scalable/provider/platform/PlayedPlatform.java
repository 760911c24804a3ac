package io.scalable.provider.platform;

import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.platform.PlatformException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A platform that is only played, with every trouble that real ones are known for: answers that are
 * lost or nobody understands, launches made long after they were given up, listings that are late,
 * cached, empty or partial, ends that come to nothing. Faults stop with {@link #calm()}.
 */
final class PlayedPlatform implements Platform {

    /** With {@link #LATE} less than what the traits call visibility. */
    private static final Duration CACHED = Duration.ofSeconds(12);

    private static final int LATE = 15;

    /** With the two others less than what the traits call settle. */
    private static final int MADE_LATE = 30;

    private static final Duration REMEMBERED = Duration.ofSeconds(300);

    /** What runs for one worker. */
    static final class Job {
        final LaunchOrder order;
        final String handle;
        final Instant visibleAt;
        final Instant startsAt;
        Instant endedAt = Instant.MAX;
        int code;
        boolean asked;

        Job(LaunchOrder order, String handle, Instant visibleAt, Instant startsAt) {
            this.order = order;
            this.handle = handle;
            this.visibleAt = visibleAt;
            this.startsAt = startsAt;
        }

        boolean alive() {
            return endedAt.equals(Instant.MAX);
        }
    }

    private record Snapshot(Instant at, List<Sighting> sightings) {}

    final Map<String, Job> jobs = new LinkedHashMap<>();
    final List<Instant> looks = new ArrayList<>();

    /** Ends that were asked for and taken, by handle and manner. */
    final Map<String, Instant> ends = new HashMap<>();

    private final Traits traits;
    private final Random random;
    private final ReportedWorkers reported;
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();
    private Instant now;
    private Instant emptyUntil = Instant.MIN;
    private boolean calm;
    private int made;

    PlayedPlatform(Traits traits, Random random, ReportedWorkers reported, Instant now) {
        this.traits = traits;
        this.random = random;
        this.reported = reported;
        this.now = now;
    }

    /** From now on everything works. */
    void calm() {
        calm = true;
        emptyUntil = Instant.MIN;
    }

    /** Time has come to {@code instant}: workers speak, some end. */
    void at(Instant instant) {
        now = instant;
        if (!calm && oneIn(60)) {
            emptyUntil = now.plusSeconds(random.nextInt(80));
        }
        for (Job job : jobs.values()) {
            if (ready(job)) {
                if (!calm && oneIn(300)) {
                    end(job, 1);
                } else {
                    beat(job);
                }
            }
        }
        snapshots.addLast(new Snapshot(now, visible()));
        while (snapshots.peekFirst().at().plus(CACHED).isBefore(now)) {
            snapshots.removeFirst();
        }
        jobs.values().removeIf(job -> !job.alive() && job.endedAt.plus(REMEMBERED).isBefore(now));
    }

    /** True if a job takes leases. */
    boolean ready(Job job) {
        return job.alive() && !now.isBefore(job.startsAt.plusSeconds(3));
    }

    /** True if something else runs, or ran, for the same worker. */
    boolean isDouble(Job job) {
        return jobs.values().stream()
                .anyMatch(
                        other ->
                                other != job
                                        && other.order.workerId().equals(job.order.workerId()));
    }

    private void beat(Job job) {
        String worker = job.order.workerId();
        boolean _ =
                reported.heard(
                        new WorkerHeartbeat(
                                job.order.deployment().deploymentId(),
                                worker,
                                job.order.component().name(),
                                1,
                                0,
                                List.of(),
                                false,
                                null,
                                now));
    }

    /** A ready worker leaves by itself. */
    void leave(Job job) {
        String deployment = job.order.deployment().deploymentId();
        boolean _ =
                reported.heard(new WorkerLeft(deployment, job.order.workerId(), "drained", now));
        end(job, 0);
    }

    List<Job> alive() {
        return jobs.values().stream().filter(Job::alive).toList();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private boolean fault(int oneIn) {
        return !calm && oneIn(oneIn);
    }

    private void end(Job job, int code) {
        job.endedAt = now;
        job.code = code;
    }

    private String make(LaunchOrder order, int delay) {
        if (traits.idempotent()) {
            for (Job job : jobs.values()) {
                if (job.order.workerId().equals(order.workerId())) {
                    return job.handle;
                }
            }
        }
        String handle = "j" + ++made;
        Instant visible = now.plusSeconds(delay);
        int late = calm ? 0 : random.nextInt(LATE);
        jobs.put(
                handle,
                new Job(
                        order,
                        handle,
                        visible.plusSeconds(late),
                        visible.plusSeconds(random.nextInt(90))));
        return handle;
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public Map<String, Launched> launch(List<LaunchOrder> alike) {
        if (fault(8)) {
            throw new PlatformException(Kind.LATER, "a limit", null);
        }
        if (fault(8)) {
            throw new PlatformException(Kind.UNREACHABLE, "no answer, nothing done", null);
        }
        if (fault(8)) {
            int late = random.nextInt(MADE_LATE);
            alike.forEach(order -> make(order, late));
            Kind kind = oneIn(2) ? Kind.UNREACHABLE : Kind.UNKNOWN;
            throw new PlatformException(kind, "no answer, done " + late + " s later", null);
        }
        var launched = new HashMap<String, Launched>();
        alike.forEach(
                order -> launched.put(order.workerId(), new Launched.Started(make(order, 0))));
        return launched;
    }

    @Override
    public List<Sighting> list() {
        looks.add(now);
        if (fault(10)) {
            throw new PlatformException(Kind.UNREACHABLE, "no answer", null);
        }
        if (now.isBefore(emptyUntil)) {
            return List.of();
        }
        if (fault(4)) {
            return snapshots.peekFirst().sightings();
        }
        List<Sighting> all = visible();
        return fault(6) ? all.subList(0, all.size() / 2) : all;
    }

    private List<Sighting> visible() {
        return jobs.values().stream()
                .filter(job -> !now.isBefore(job.visibleAt))
                .map(this::sighting)
                .toList();
    }

    private Sighting sighting(Job job) {
        Sighting.State state =
                !job.alive()
                        ? new Sighting.State.Ended(job.code, job.handle + " ended", null)
                        : now.isBefore(job.startsAt)
                                ? new Sighting.State.Queued("Priority")
                                : new Sighting.State.Running(job.handle, null);
        return new Sighting(
                job.order.deployment().deploymentId(),
                job.order.workerId(),
                job.handle,
                job.visibleAt,
                state);
    }

    @Override
    public void end(Collection<String> handles, Ending how) {
        if (fault(6)) {
            throw new PlatformException(Kind.UNREACHABLE, "no answer", null);
        }
        for (String handle : handles) {
            Instant before = ends.put(handle + " " + how, now);
            // Calls take their time: what is asked for a minute apart may come closer.
            if (before != null && before.plus(traits.again().dividedBy(2)).isAfter(now)) {
                throw new AssertionError(handle + " is asked to end twice: " + how);
            }
            Job job = jobs.get(handle);
            if (job != null
                    && job.alive()
                    && (how != Ending.UNLESS_READY || !ready(job))
                    && !fault(5)) {
                job.asked = true;
                end(job, how == Ending.KILL ? 137 : 143);
            }
        }
    }
}
