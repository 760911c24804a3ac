package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker's pod is to be deleted, and how patiently: asked first, then killed, and taken
 * away without its node's word only when that does not come. It is told the time. Not thread-safe.
 */
final class PodRemoval {

    /** How much a worker is wanted gone; each includes those before. */
    enum Want {
        STAY,
        /** Unless it is ready. */
        CANCEL,
        TERMINATE,
        KILL
    }

    private static final int KILLED = 1;
    private static final int TAKEN_AWAY = 0;

    private final KubernetesPacing pacing;
    private Want want = Want.STAY;
    private boolean forgotten;
    private @Nullable String verdict;
    private @Nullable Instant hopelessSince;
    private @Nullable Instant terminatingSince;
    private Duration given = Duration.ZERO;
    private @Nullable Integer askedGrace;
    private Instant askedAt = Instant.MIN;

    PodRemoval(KubernetesPacing pacing) {
        this.pacing = pacing;
    }

    void want(Want wanted) {
        if (wanted.compareTo(want) > 0) {
            want = wanted;
        }
    }

    /** Its end is on record. */
    void forget() {
        forgotten = true;
    }

    boolean forgotten() {
        return forgotten;
    }

    /** True if somebody here wants it gone. */
    boolean wanted() {
        return want != Want.STAY || forgotten;
    }

    /** True if its end will be by our own doing. */
    boolean ours() {
        return want != Want.STAY || verdict != null;
    }

    /** True if a worker that is ready must be left alone. */
    boolean unlessReady() {
        return want == Want.CANCEL && !forgotten;
    }

    /** Why it was given up; null if it was not. */
    @Nullable String verdict() {
        return verdict;
    }

    /** Takes a look at a pod that has not ended. */
    void look(Pod pod, Instant now) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            terminatingSince = null;
        } else if (terminatingSince == null) {
            terminatingSince = now;
        }
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        given = Duration.ofSeconds(grace == null ? PodTemplate.GRACE : grace);
        if (Containers.runs(pod) || !PodWait.of(pod).hopeless()) {
            hopelessSince = null;
        } else if (hopelessSince == null) {
            hopelessSince = now;
        }
    }

    /** One whose container cannot start is given up after a while, and said why. */
    void judge(Pod pod, Instant now) {
        if (hopelessSince != null
                && verdict == null
                && !now.isBefore(hopelessSince.plus(pacing.image()))) {
            verdict = PodWait.of(pod).reason();
        }
    }

    /**
     * The seconds of grace to delete it with now; null if there is nothing to ask, or nothing that
     * was not asked already.
     *
     * @param ready true if the worker takes leases
     * @param unheard true if it may do so without having been heard yet
     */
    @Nullable Integer due(boolean ready, boolean unheard, Instant now) {
        Integer grace = grace(ready, unheard, now);
        return grace == null || (askedGrace != null && askedGrace <= grace) ? null : grace;
    }

    /** It was asked for. */
    void asked(int grace, Instant now) {
        askedGrace = grace;
        askedAt = now;
    }

    private @Nullable Integer grace(boolean ready, boolean unheard, Instant now) {
        if (forgotten || overdue(now)) {
            return TAKEN_AWAY;
        }
        if (want == Want.CANCEL && ready) {
            want = Want.STAY;
        }
        Integer givenUp = verdict == null ? null : Integer.valueOf(PodTemplate.GRACE);
        return switch (want) {
            case KILL -> killedInVain(now) ? TAKEN_AWAY : KILLED;
            case TERMINATE -> PodTemplate.GRACE;
            case CANCEL -> unheard ? givenUp : Integer.valueOf(PodTemplate.GRACE);
            case STAY -> givenUp;
        };
    }

    private boolean killedInVain(Instant now) {
        return askedGrace != null
                && askedGrace <= KILLED
                && !now.isBefore(askedAt.plus(pacing.force()));
    }

    /** Its node had its time, and more. */
    private boolean overdue(Instant now) {
        return terminatingSince != null
                && !now.isBefore(terminatingSince.plus(given).plus(pacing.overdue()));
    }
}
