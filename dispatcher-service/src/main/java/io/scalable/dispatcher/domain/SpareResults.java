package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.dispatcher.domain.Row.KeptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Results that nobody is known to need, in submit order: up to a number, and to a size. */
final class SpareResults {

    private final int most;
    private final long mostBytes;
    private final TreeMap<Long, KeptResult> results = new TreeMap<>();
    private long bytes;

    SpareResults(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void put(KeptResult result) {
        bytes += size(result) - size(results.put(result.sequence(), result));
    }

    void remove(KeptResult result) {
        bytes -= size(results.remove(result.sequence()));
    }

    /** The oldest, as many as there are too many or too large; the newest is never among them. */
    List<KeptResult> overflow() {
        if (results.size() <= most && bytes <= mostBytes) {
            return List.of();
        }
        var over = new ArrayList<KeptResult>();
        int left = results.size();
        long leftBytes = bytes;
        for (KeptResult oldest : results.values()) {
            if (left <= most && (leftBytes <= mostBytes || left == 1)) {
                break;
            }
            over.add(oldest);
            left--;
            leftBytes -= size(oldest);
        }
        return over;
    }

    /** Bytes of the result as JSON, about; 0 for none. */
    private static long size(@Nullable KeptResult result) {
        Payload payload = result == null ? null : result.payload();
        if (payload == null) {
            return 0;
        }
        return payload.value() == null ? 64 : 64 + payload.value().toString().length();
    }
}
