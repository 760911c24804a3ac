package io.scalable.planning.workload;

import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Task graphs drawn at random. */
final class GraphWorkloads {

    private final String name;
    private final Random random;
    private final List<TraceTask> tasks = new ArrayList<>();
    private final List<DrawnDurations> pools = new ArrayList<>();

    GraphWorkloads(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    Trace draw(WorkloadFamily family) {
        switch (family) {
            case CHAIN -> chain();
            case FORK_JOIN -> forkJoin();
            case MONTAGE -> montage();
            case WIDE_NARROW -> wideNarrow();
            case ITERATIVE -> iterative();
            case POISSON, BURSTS, DIURNAL, SPARSE, HEAVY_TAILED ->
                    throw new IllegalArgumentException(family + " is a stream");
        }
        return new Trace(name, true, tasks);
    }

    private void chain() {
        int chains = between(1, 24);
        int length = between(3, 12);
        List<Integer> before = List.of();
        for (int stage = 0; stage < length; stage++) {
            int pool = pool();
            var now = new ArrayList<Integer>();
            for (int c = 0; c < chains; c++) {
                now.add(task(pool, before.isEmpty() ? List.of() : List.of(before.get(c))));
            }
            before = now;
        }
    }

    private void forkJoin() {
        int stages = between(1, 4);
        List<Integer> before = List.of();
        for (int stage = 0; stage < stages; stage++) {
            List<Integer> wide = all(pool(), between(4, 150), before);
            before = all(pool(), 1, wide);
        }
    }

    private void montage() {
        int width = between(6, 120);
        List<Integer> projected = all(pool(), width, List.of());
        int difference = pool();
        var differences = new ArrayList<Integer>();
        for (int i = 0; i + 1 < width; i++) {
            differences.add(task(difference, projected.subList(i, i + 2)));
        }
        List<Integer> model = all(pool(), 1, all(pool(), 1, differences));
        int background = pool();
        var corrected = new ArrayList<Integer>();
        for (int parent : projected) {
            corrected.add(task(background, List.of(parent, model.getFirst())));
        }
        all(pool(), 1, all(pool(), 1, corrected));
    }

    private void wideNarrow() {
        int stages = between(3, 8);
        List<Integer> before = List.of();
        for (int stage = 0; stage < stages; stage++) {
            int pool = pool();
            int width = stage % 2 == 0 ? between(10, 100) : between(1, 8);
            var now = new ArrayList<Integer>();
            for (int i = 0; i < width; i++) {
                int from = before.size() * i / width;
                int to = Math.max(from + 1, before.size() * (i + 1) / width);
                now.add(task(pool, before.isEmpty() ? List.of() : before.subList(from, to)));
            }
            before = now;
        }
    }

    private void iterative() {
        int rounds = between(3, 12);
        int width = between(4, 40);
        int many = pool();
        int one = pool();
        List<Integer> before = List.of();
        for (int round = 0; round < rounds; round++) {
            before = all(one, 1, all(many, width, before));
        }
    }

    private List<Integer> all(int pool, int count, List<Integer> parents) {
        List<Integer> shared = List.copyOf(parents);
        return IntStream.range(0, count).map(i -> task(pool, shared)).boxed().toList();
    }

    private int task(int pool, List<Integer> parents) {
        int id = tasks.size();
        double seconds = pools.get(pool).draw();
        tasks.add(new TraceTask(id, "p%02d".formatted(pool), 0, parents, seconds, 1));
        return id;
    }

    private int pool() {
        pools.add(DrawnDurations.of(random));
        return pools.size() - 1;
    }

    /** Small numbers as often as large ones. */
    private int between(int least, int most) {
        return (int) Math.round(DrawnDurations.between(random, least, most));
    }
}
