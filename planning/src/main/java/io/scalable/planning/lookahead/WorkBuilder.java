package io.scalable.planning.lookahead;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Puts {@link Work} together, group by group. */
final class WorkBuilder {

    /** Groups of more tasks are taken in chunks, so many at least. */
    private static final int FEW = 256;

    private static final int MANY = 4096;

    private static final int[] NONE = {};

    /** The items of a group; those that wait for others are its last. */
    private record Group(int from, int to, int blockedFrom) {}

    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> gates = new HashMap<>();
    private int[] pool = new int[64];
    private double[] seconds = new double[64];
    private boolean[] running = new boolean[64];
    private int[] waitsFor = new int[64];
    private int[][] children = new int[64][];
    private double[][] draws = new double[Scenarios.COUNT][64];
    private int size;
    private String name = "";

    /** How many items {@code tasks} waiting ones become, where so many run at once at most. */
    static int chunks(int tasks, long atOnce) {
        return Math.min(tasks, (int) Math.clamp(2 * atOnce, FEW, MANY));
    }

    /** The items that follow belong to this group. */
    void begin(String group) {
        name = group;
        groups.put(group, new Group(size, size, Integer.MAX_VALUE));
    }

    /**
     * @param drawn {@code left} as it may turn out, by scenario
     */
    void running(int inPool, double left, double[] drawn) {
        add(inPool, left, drawn, false);
        running[size - 1] = true;
    }

    /**
     * @param drawn {@code takes} as it may turn out, by scenario
     * @param blocked true if it waits for what {@link #link} names
     */
    void waiting(int inPool, double takes, double[] drawn, boolean blocked) {
        add(inPool, takes, drawn, blocked);
    }

    private void add(int inPool, double takes, double[] drawn, boolean blocked) {
        if (size == pool.length) {
            grow();
        }
        pool[size] = inPool;
        seconds[size] = takes;
        for (int s = 0; s < draws.length; s++) {
            draws[s][size] = drawn[s];
        }
        children[size] = NONE;
        Group group = groups.getOrDefault(name, new Group(size, size, Integer.MAX_VALUE));
        int blockedFrom = blocked ? Math.min(size, group.blockedFrom()) : group.blockedFrom();
        size++;
        groups.put(name, new Group(group.from(), size, blockedFrom));
    }

    /**
     * The blocked items of a group wait for another; one that is over is no obstacle.
     *
     * @param byKey true if each waits only for its counterpart
     */
    void link(String group, String needed, boolean byKey) {
        Group waits = groups.get(group);
        Group before = groups.get(needed);
        if (waits == null || before == null || before.from() == before.to()) {
            return;
        }
        int first = Math.min(waits.blockedFrom(), waits.to());
        int blocked = waits.to() - first;
        int width = before.to() - before.from();
        if (blocked == 0) {
            return;
        }
        if (!byKey) {
            int gate = gate(needed, before);
            children[gate] = Arrays.copyOf(children[gate], children[gate].length + blocked);
            for (int i = 0; i < blocked; i++) {
                children[gate][children[gate].length - blocked + i] = first + i;
                waitsFor[first + i]++;
            }
            return;
        }
        for (int i = 0; i < blocked; i++) {
            int from = (int) ((long) width * i / blocked);
            int to = Math.max(from + 1, (int) ((long) width * (i + 1) / blocked));
            for (int k = from; k < to; k++) {
                child(before.from() + k, first + i);
            }
        }
    }

    /** An item of no pool that is over when all of the group is. */
    private int gate(String group, Group items) {
        Integer known = gates.get(group);
        if (known != null) {
            return known;
        }
        int gate = size;
        name = "";
        add(Work.NO_POOL, 0, new double[Scenarios.COUNT], false);
        groups.remove("");
        for (int i = items.from(); i < items.to(); i++) {
            child(i, gate);
        }
        gates.put(group, gate);
        return gate;
    }

    private void child(int parent, int child) {
        children[parent] = Arrays.copyOf(children[parent], children[parent].length + 1);
        children[parent][children[parent].length - 1] = child;
        waitsFor[child]++;
    }

    private void grow() {
        int n = 2 * size;
        pool = Arrays.copyOf(pool, n);
        seconds = Arrays.copyOf(seconds, n);
        running = Arrays.copyOf(running, n);
        waitsFor = Arrays.copyOf(waitsFor, n);
        children = Arrays.copyOf(children, n);
        Arrays.setAll(draws, s -> Arrays.copyOf(draws[s], n));
    }

    Work build() {
        return new Work(
                Arrays.copyOf(pool, size),
                Arrays.copyOf(seconds, size),
                Arrays.copyOf(running, size),
                Arrays.copyOf(waitsFor, size),
                Arrays.copyOf(children, size),
                Arrays.stream(draws).map(d -> Arrays.copyOf(d, size)).toArray(double[][]::new));
    }
}
