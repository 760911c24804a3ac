package io.scalable.provider.cloud.kubernetes;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often the API server was asked for what. Thread-safe. */
final class ApiCalls {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts a call, such as {@code create pods}. */
    void count(String call) {
        counts.computeIfAbsent(call, _ -> new LongAdder()).increment();
    }

    Map<String, Long> all() {
        var all = new TreeMap<String, Long>();
        counts.forEach((call, count) -> all.put(call, count.sum()));
        return all;
    }
}
