package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The worker's task threads. Each takes attempts from the lease table until that closes, whatever
 * an attempt throws; one that is stuck in a task may be given up for a new one. Thread-safe.
 */
final class Slots {

    private final String workerId;
    private final LeaseTable leases;
    private final Consumer<Attempt> runner;
    private final ClassLoader contextLoader;
    private final AtomicInteger made = new AtomicInteger();
    private final Set<Slot> slots = ConcurrentHashMap.newKeySet();

    /**
     * @param runner runs an attempt to its end
     * @param contextLoader what the task threads' user code sees as context class loader
     */
    Slots(String workerId, LeaseTable leases, Consumer<Attempt> runner, ClassLoader contextLoader) {
        this.workerId = workerId;
        this.leases = leases;
        this.runner = runner;
        this.contextLoader = contextLoader;
    }

    /** Starts one more slot. */
    void add() {
        var slot = new Slot(workerId + "-slot-" + made.incrementAndGet());
        slot.setDaemon(true);
        slot.setContextClassLoader(contextLoader);
        slots.add(slot);
        slot.start();
    }

    /** Gives a stuck thread up; a new one takes its place. */
    void replace(@Nullable Thread stuck) {
        if (stuck instanceof Slot slot && slots.remove(slot)) {
            slot.abandoned = true;
            add();
        }
    }

    /** Waits until all threads have ended; false if some have not within {@code patience}. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Slot slot : slots) {
            long left = deadline - System.nanoTime();
            if (left > 0 && !slot.join(Duration.ofNanos(left)) || slot.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private final class Slot extends Thread {
        private volatile boolean abandoned;

        Slot(String name) {
            super(name);
        }

        @Override
        public void run() {
            boolean open = true;
            while (open && !abandoned) {
                open = runNext();
            }
            slots.remove(this);
        }

        /** False once there will be no further attempt. */
        private boolean runNext() {
            try {
                Attempt next = leases.take();
                if (next != null) {
                    runner.accept(next);
                }
                return next != null;
            } catch (InterruptedException e) {
                // Nobody stops an idle slot so: it is a late interrupt of a task's own threads.
                return true;
            } catch (Throwable e) {
                System.getLogger(Slots.class.getName())
                        .log(Level.ERROR, getName() + " goes on after " + e.getClass().getName());
                return true;
            }
        }
    }
}
