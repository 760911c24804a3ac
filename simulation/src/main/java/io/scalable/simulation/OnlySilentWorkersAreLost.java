package io.scalable.simulation;

import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.Rules;
import java.util.HashMap;
import java.util.Map;

/**
 * A worker is lost by its silence only if its topic has no heartbeat of it for so long: what the
 * dispatcher does not read is no silence.
 */
final class OnlySilentWorkersAreLost implements Invariant {

    private final long lostAfterMillis = Rules.standard().lostAfter().toMillis();
    private final Map<String, Long> lastBeat = new HashMap<>();
    private final Map<String, Long> lastSilence = new HashMap<>();

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof WorkerHeartbeat beat) {
            Long before = lastBeat.put(beat.workerId(), record.at());
            if (before != null && record.at() - before >= lostAfterMillis) {
                lastSilence.put(beat.workerId(), before);
            }
        }
    }

    @Override
    public void decided(World world, Decision decision) {
        for (var event : decision.events()) {
            if (event instanceof WorkerLost lost && lost.reason().startsWith("no heartbeat")) {
                long now = world.schedule.millis();
                boolean silent =
                        now - lastBeat.getOrDefault(lost.workerId(), 0L) >= lostAfterMillis
                                || lastSilence.containsKey(lost.workerId());
                if (!silent) {
                    throw broken("its heartbeats are there, and yet " + lost);
                }
            }
        }
    }
}
