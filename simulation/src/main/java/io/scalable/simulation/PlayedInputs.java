package io.scalable.simulation;

import static io.scalable.simulation.PlayedDispatcher.shared;

import io.scalable.contracts.topic.Topics;
import io.scalable.simulation.Log.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics that one dispatcher reads: from where the one before committed, in an order that is
 * mostly that of their writing, and with the question again and again where they end.
 */
final class PlayedInputs {

    static final List<Partition> ALL =
            List.of(
                    shared(Topics.DEPLOYMENTS),
                    shared(Topics.TASKS),
                    shared(Topics.WORKER_REPORTS),
                    shared(Topics.SCALE_PLANS),
                    shared(Topics.WORKER_LIFECYCLE));

    private static final int BETWEEN_QUESTIONS_MILLIS = 500;

    private final World world;
    private final Map<Partition, Long> positions;
    private final Map<Partition, Long> unread = new LinkedHashMap<>();
    private long askedAt;
    private boolean asked = true;
    private @Nullable Instant readTo;

    /**
     * @param committed where reading begins
     */
    PlayedInputs(World world, Map<Partition, Long> committed) {
        this.world = world;
        positions = new LinkedHashMap<>(committed);
        askedAt = world.schedule.millis();
        askForEnds();
    }

    /** Where the next reader begins once these are committed. */
    Map<Partition, Long> positions() {
        return Collections.unmodifiableMap(positions);
    }

    /** True while something is unread that was there when it was asked last. */
    boolean behind() {
        return !unread.isEmpty();
    }

    /** Everything that was there then has been read; null until the first ends are reached. */
    @Nullable Instant readTo() {
        return readTo;
    }

    /**
     * Asks where the inputs end, if it is time and the broker answers, and notes once they are read
     * up to there.
     *
     * @param mayNote false if that must wait
     * @return true if it was noted now
     */
    boolean look(boolean mayNote) {
        long now = world.schedule.millis();
        if (!asked && world.log.awayFor() == 0 && now >= askedAt + BETWEEN_QUESTIONS_MILLIS) {
            asked = true;
            askedAt = now;
            askForEnds();
        }
        if (!asked || behind() || !mayNote) {
            return false;
        }
        asked = false;
        readTo = Schedule.START.plusMillis(askedAt);
        return true;
    }

    /**
     * Takes the next record: mostly the oldest, as Streams has it, but not always; null if none.
     */
    Log.@Nullable Entry take() {
        Log.Entry next = next();
        if (next != null) {
            positions.put(next.partition(), next.offset() + 1);
        }
        return next;
    }

    /** The record has been dealt with. */
    void passed(Log.Entry record) {
        Long end = unread.get(record.partition());
        if (end != null && record.offset() + 1 >= end) {
            unread.remove(record.partition());
        }
    }

    private void askForEnds() {
        for (Partition input : ALL) {
            long end = world.log.end(input);
            if (end > positions.getOrDefault(input, 0L)) {
                unread.put(input, end);
            }
        }
    }

    private Log.@Nullable Entry next() {
        var heads = new ArrayList<Log.Entry>();
        for (Partition input : ALL) {
            Log.Entry head = world.log.read(input, positions.getOrDefault(input, 0L));
            if (head != null) {
                heads.add(head);
            }
        }
        if (heads.isEmpty()) {
            return null;
        }
        if (world.schedule.oneIn(5)) {
            return heads.get(world.schedule.between(0, heads.size() - 1));
        }
        Log.Entry oldest = heads.getFirst();
        for (Log.Entry head : heads) {
            oldest = head.at() < oldest.at() ? head : oldest;
        }
        return oldest;
    }
}
