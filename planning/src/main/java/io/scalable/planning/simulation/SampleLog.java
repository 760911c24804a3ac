package io.scalable.planning.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps samples in which something differs from the one before of the same pool. */
final class SampleLog {

    private final Map<String, Sample> last = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    void add(Sample next) {
        Sample before = last.get(next.pool());
        if (before == null || !before.sameCounts(next)) {
            last.put(next.pool(), next);
            samples.add(next);
        }
    }

    List<Sample> all() {
        return List.copyOf(samples);
    }
}
