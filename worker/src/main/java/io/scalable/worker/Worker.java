package io.scalable.worker;

import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.jspecify.annotations.Nullable;

/**
 * A worker: takes leases from its deployment's assignments, runs them in its slots, reports. The
 * thread that calls {@link #run()} reads until the worker has left; {@link #drain()}, {@link
 * #close()} and {@link #state()} may be called from anywhere. Many may run in one JVM.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final WorkerConfig config;
    private final ClassLoader taskParent;
    private final LeaseTable leases = new LeaseTable();
    private final ParentRecords parents = new ParentRecords();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final Retirement retirement = new Retirement();
    private volatile @Nullable AttemptRunner runs;
    private volatile @Nullable Thread reading;
    private final Runnable whenReady;
    private volatile boolean ready;
    private boolean interrupted;

    /**
     * @param taskParent where handlers are looked up when the configuration has no classpath
     */
    public Worker(WorkerConfig config, ClassLoader taskParent) {
        this(config, taskParent, () -> {});
    }

    /**
     * @param taskParent where handlers are looked up when the configuration has no classpath
     * @param whenReady called once, by the thread that runs, when the worker takes leases
     */
    Worker(WorkerConfig config, ClassLoader taskParent, Runnable whenReady) {
        this.config = config;
        this.taskParent = taskParent;
        this.whenReady = whenReady;
    }

    /**
     * Works until the worker has left: drained, stopped, its allocation or its deployment ended.
     * Nothing of it runs after this.
     *
     * @throws WorkerFailedException if it cannot start, or has lost its broker
     */
    public void run() {
        Instant end = config.endsAt();
        if (end != null && !end.isAfter(Instant.now())) {
            throw new WorkerFailedException(
                    "its allocation ended at "
                            + end
                            + ", and the clock of "
                            + HostName.get()
                            + " says "
                            + Instant.now()
                            + " already: is that clock right?",
                    null);
        }
        if (!begun.compareAndSet(false, true)) {
            if (ending.get() == Ending.STOPPED) {
                return;
            }
            throw new IllegalStateException(config.workerId() + " has run already");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Kafka's login modules are looked up through it.
        thread.setContextClassLoader(Worker.class.getClassLoader());
        reading = thread;
        try (var reporter = new Reporter(BrokerClients.producer(config), config)) {
            work(reporter);
        } catch (KafkaException e) {
            Throwable cause = e.getCause();
            throw new WorkerFailedException(
                    "Kafka: " + e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()),
                    e);
        } finally {
            leases.close();
            left.countDown();
            thread.setContextClassLoader(before);
            if (interrupted) {
                thread.interrupt();
            }
        }
        if (ending.get() == Ending.ORPHANED) {
            throw new WorkerFailedException(
                    "no contact with the broker for " + config.orphanTimeout().toSeconds() + " s",
                    null);
        }
    }

    /** Takes no new lease, hands back what waits, finishes what runs, leaves. Returns at once. */
    public void drain() {
        leases.drain();
        endIfDrained();
    }

    /**
     * Its platform ends it: takes no new lease, hands back what waits, and lets what runs go on for
     * {@link WorkerConfig#grace}; what still runs then is cut short. So is, at once, what runs at a
     * second call. What fails or is cut short from now on is reported as preempted. Returns at
     * once.
     */
    public void retire() {
        boolean first = retirement.begin();
        drain();
        if (first) {
            Thread.ofVirtual().name(config.workerId() + "-grace").start(this::endGrace);
        } else {
            cutShort();
        }
    }

    private void endGrace() {
        try {
            if (!left.await(config.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                cutShort();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutShort() {
        AttemptRunner runner = runs;
        if (runner != null) {
            leases.running().forEach(attempt -> runner.stop(attempt, StopCause.PREEMPTED));
        }
    }

    /**
     * Stops at once: what runs is interrupted, commands are killed, nothing more is reported of
     * them. Returns when the worker has left.
     */
    @Override
    public void close() {
        end(Ending.STOPPED);
        if (begun.compareAndSet(false, true)) {
            left.countDown();
        }
        if (Thread.currentThread() == reading) {
            return;
        }
        try {
            if (!left.await(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, config.workerId() + " does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it is in its life. */
    public WorkerState state() {
        if (left.getCount() == 0) {
            return WorkerState.LEFT;
        }
        if (leases.draining()) {
            return WorkerState.DRAINING;
        }
        return ready ? WorkerState.READY : WorkerState.STARTING;
    }

    private void work(Reporter reporter) {
        var storage = StorageCheck.start(config.storage(), config.workerId());
        var logs = TaskLogs.at(config.storage());
        try (var loader = TaskLoader.of(config.component(), config.classpath(), taskParent);
                var commands = new CommandTasks(config, logs, OutOfMemoryKills.here());
                var timer = new Timer(config.workerId());
                var reader = new AssignmentReader(BrokerClients.consumer(config), config)) {
            var handlers =
                    new HandlerTasks(
                            new HandlerLookup(loader, new TaskJson(loader.classes())), logs);
            var runner =
                    new AttemptRunner(
                            config,
                            new TaskWork(Payloads.at(config.storage()), handlers, commands),
                            leases,
                            reporter,
                            timer,
                            retirement,
                            loader.classes(),
                            this::endIfDrained);
            runs = runner;
            timer.every(TaskLogs.PERIOD, logs::hold);
            try {
                readAndRun(storage, reporter, reader, timer, runner);
            } catch (InterruptException e) {
                // Whoever interrupts the reading thread wants it to stop; what follows may wait.
                interrupted = Thread.interrupted();
                end(Ending.STOPPED);
            } finally {
                stop(runner);
            }
        } finally {
            if (ready && ending.get() != Ending.ORPHANED) {
                Ending why = ending.get();
                reporter.left(why == null ? "failed" : why.reason());
            }
        }
    }

    private void readAndRun(
            StorageCheck storage,
            Reporter reporter,
            AssignmentReader reader,
            Timer timer,
            AttemptRunner runner) {
        reader.start(this::ending);
        if (ending()) {
            return;
        }
        storage.await();
        awaitBroker(reporter);
        ready = true;
        whenReady.run();
        var pulse = new Pulse(config, leases, reporter, new Reactions(runner), reader::looks);
        timer.every(Pulse.PERIOD, pulse::look);
        timer.every(Pulse.PERIOD, pulse::beat);
        boolean deploymentIsThere =
                reader.read(
                        this::ending, assignment -> take(assignment, runner), reporter::refused);
        if (!deploymentIsThere) {
            end(Ending.DEPLOYMENT_ENDED);
        }
    }

    /** The only report that is waited for: it shows that the broker takes what the worker says. */
    private void awaitBroker(Reporter reporter) {
        try {
            reporter.ready().get(config.firstContact().toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InvalidTimestampException) {
                throw new WorkerFailedException(
                        "the clock of "
                                + HostName.get()
                                + " says "
                                + Instant.now()
                                + ", and the broker's differs by more than it takes: set the clock"
                                + " ("
                                + cause.getMessage()
                                + ")",
                        e);
            }
            throw new WorkerFailedException(
                    "the broker does not take reports: "
                            + (cause == null ? "no answer" : cause.getMessage()),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void take(Assignment assignment, AttemptRunner runner) {
        switch (assignment) {
            case LeaseParents results -> parents.add(results);
            case LeaseGranted lease -> take(lease, runner);
            case LeaseRevoked revoked ->
                    leases.revoke(new AttemptKey(revoked.taskId(), revoked.attempt()))
                            .ifPresent(attempt -> runner.stop(attempt, StopCause.REVOKED));
            case DrainRequested _ -> drain();
        }
        endIfDrained();
    }

    private void take(LeaseGranted lease, AttemptRunner runner) {
        Optional<LeaseGranted> whole = parents.complete(lease);
        if (whole.isEmpty()) {
            // Heartbeats leave the lease out, so that it is given out again.
            LOG.log(
                    Level.WARNING,
                    config.workerId()
                            + ": not taken: of the lease of "
                            + lease.taskId()
                            + " some of the "
                            + lease.parentRecords()
                            + " records with its parents' results did not come");
            return;
        }
        leases.grant(new Attempt(whole.get(), config.deploymentId(), config.directory()))
                .ifPresent(older -> runner.stop(older, StopCause.REVOKED));
    }

    private void stop(AttemptRunner runner) {
        try {
            if (!runner.stopAll(STOP_PATIENCE)) {
                LOG.log(
                        Level.WARNING,
                        config.workerId() + " leaves although a task ignores its interrupt");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ending() {
        return ending.get() != null;
    }

    private void end(Ending why) {
        ending.compareAndSet(null, why);
    }

    private void endIfDrained() {
        if (leases.drained()) {
            end(retirement.begun() ? Ending.TERMINATED : Ending.DRAINED);
        }
    }

    /** What the pulse finds and what follows. */
    private final class Reactions implements Pulse.Owner {
        private final AttemptRunner runner;

        Reactions(AttemptRunner runner) {
            this.runner = runner;
        }

        @Override
        public void drain() {
            Worker.this.drain();
        }

        @Override
        public void walltime() {
            leases.running().forEach(attempt -> runner.stop(attempt, StopCause.WALLTIME));
        }

        @Override
        public void orphaned() {
            end(Ending.ORPHANED);
        }
    }
}
