package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Whether this process may still act for the partitions that it was given. The group gives them to
 * another when it has not heard of the process for its session; a process that stood still for so
 * long learns that only at a later poll. Until then it must write nothing: no row, no event, no
 * lease, no result. So what a thread was given counts until the process stands still, and then not
 * before the group has given the thread its partitions anew. Thread-safe.
 */
final class Ownership implements AutoCloseable {

    /** Why nothing is written. */
    static final String LOST =
            "this process stood still for so long that another may have its partitions by now";

    private static final Duration SIGN_OF_LIFE = Duration.ofMillis(200);

    private final PauseDetector detector;
    private final Map<Thread, Integer> confirmed = new ConcurrentHashMap<>();
    private final ScheduledExecutorService signs =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("dispatcher-pauses").daemon().factory());

    Ownership(PauseDetector detector) {
        this.detector = detector;
        var _ =
                signs.scheduleWithFixedDelay(
                        detector::pauses, 0, SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * For a group with this session: heartbeats come three times in it, so the last one before a
     * pause may be a third of it old.
     */
    static Ownership within(Duration session) {
        Duration limit = session.multipliedBy(2).dividedBy(3);
        return new Ownership(new PauseDetector(limit, PauseDetector.SYSTEM));
    }

    /** The group has just given the calling thread its partitions, or has left them with it. */
    void confirm() {
        confirmed.put(Thread.currentThread(), detector.pauses());
    }

    /** What the calling thread was given last. */
    Grant current() {
        return new Grant(confirmed.getOrDefault(Thread.currentThread(), 0));
    }

    @Override
    public void close() {
        signs.shutdownNow();
    }

    /** The right to act for some partitions. */
    final class Grant {

        private final int pauses;

        private Grant(int pauses) {
            this.pauses = pauses;
        }

        /** False once the process stood still since: others may have the partitions. */
        boolean holds() {
            return detector.pauses() == pauses;
        }
    }
}
