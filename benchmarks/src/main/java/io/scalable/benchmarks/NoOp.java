package io.scalable.benchmarks;

import io.scalable.task.Task;

/** The task that does nothing, so that only the path to it is measured. */
public final class NoOp {

    private NoOp() {}

    /** Returns its own number, by which every result is checked. */
    @Task
    public static int same(int number) {
        return number;
    }
}
