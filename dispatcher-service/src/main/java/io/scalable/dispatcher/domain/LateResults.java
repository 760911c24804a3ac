package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.dispatcher.domain.Row.KeptResult;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of tasks outside the task graph, in submit order, up to a number and a size. Those that a
 * known child wants are beside, and do not count.
 */
final class LateResults {

    private final int most;
    private final long mostBytes;
    private final TreeMap<Long, KeptResult> unwanted = new TreeMap<>();
    private final Map<String, KeptResult> wanted = new HashMap<>();
    private final Map<String, Long> places = new HashMap<>();
    private long bytes;

    LateResults(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void add(KeptResult result, boolean isWanted) {
        remove(result);
        if (isWanted) {
            wanted.put(result.taskId(), result);
        } else {
            unwanted.put(result.sequence(), result);
            places.put(result.taskId(), result.sequence());
            bytes += size(result.payload());
        }
    }

    void remove(KeptResult result) {
        wanted.remove(result.taskId());
        Long place = places.remove(result.taskId());
        KeptResult known = place == null ? null : unwanted.remove(place);
        if (known != null) {
            bytes -= size(known.payload());
        }
    }

    /** A child of the task has come, or the last one has ended. */
    void wanted(String taskId, boolean isWanted) {
        Long place = places.get(taskId);
        KeptResult known = isWanted ? place == null ? null : unwanted.get(place) : wanted.get(taskId);
        if (known != null) {
            add(known, isWanted);
        }
    }

    /** The oldest, if there are too many or too large ones; null if not. */
    @Nullable KeptResult overflow() {
        return unwanted.size() > most || (bytes > mostBytes && unwanted.size() > 1)
                ? unwanted.firstEntry().getValue()
                : null;
    }

    private static long size(Payload payload) {
        return payload.value() == null ? 64 : 64 + payload.value().toString().length();
    }
}
