package io.scalable.dispatcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Payload;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.dispatcher.Samples;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Time, rows and memory of many tasks; prints its figures. */
class ManyTasksTest {

    /** A million: {@code -Dtest.log.manager=-Dscalable.tasks=1000000}. */
    private static final int TASKS = Integer.getInteger("scalable.tasks", 20_000);

    private static final String ID = Scenario.ID;

    private Instant now = Samples.START;

    @Test
    void finishedTasksLeaveFewRows() {
        long before = usedBytes();
        DispatcherMachine machine = published();
        machine.decide(
                new Command.Reported(
                        new WorkerReady(ID, "w1", "forecast", 1, 0, "host", 1, null, now)),
                now);
        long began = cpuNanos();
        for (int i = 0; i < TASKS; i++) {
            submit(machine, i);
            now = now.plusMillis(1);
            machine.decide(
                    new Command.Reported(
                            new AttemptFinished(
                                    ID,
                                    "w1",
                                    Scenario.id("fit", i),
                                    1,
                                    Payload.none(),
                                    null,
                                    0.001,
                                    now)),
                    now);
            machine.decide(new Command.ResultsWritten(List.of(Scenario.id("fit", i))), now);
            tick(machine, i);
        }
        report("finished", machine, began, before);

        Rules rules = Rules.standard();
        assertThat(machine.rows().count())
                .isLessThan(2L * rules.tasksKept() + 600 + TASKS / OutcomeBook.CHUNK + 10);
        assertThat(restored(machine)).isEqualTo(machine.fingerprint());
    }

    @Test
    void queuedTasksAreTakenInConstantTimeEach() {
        long before = usedBytes();
        DispatcherMachine machine = published();
        long began = cpuNanos();
        for (int i = 0; i < TASKS; i++) {
            submit(machine, i);
            tick(machine, i);
        }
        report("queued", machine, began, before);

        assertThat(machine.rows().count()).isEqualTo(2L * TASKS + 1);
    }

    private DispatcherMachine published() {
        var machine = DispatcherMachine.fresh(ID, Rules.standard());
        machine.decide(
                new Command.Declared(Samples.deployment(ID, URI.create("file:/tmp/x"))), now);
        return machine;
    }

    private void submit(DispatcherMachine machine, int index) {
        machine.decide(new Command.Asked(Samples.task(ID, "fit", index)), now);
    }

    private void tick(DispatcherMachine machine, int index) {
        if (index % 100 == 0) {
            now = now.plusMillis(100);
            machine.decide(new Command.Tick(now), now);
        }
    }

    private String restored(DispatcherMachine machine) {
        long began = cpuNanos();
        List<Row> rows = machine.rows().toList();
        var again = DispatcherMachine.of(ID, Rules.standard(), rows.stream());
        print("restored from %d rows in %.1f s", rows.size(), seconds(began));
        return again.fingerprint();
    }

    private static void report(String what, DispatcherMachine machine, long began, long before) {
        double took = seconds(began);
        print(
                "%,d %s: %.1f s of processor time, %,d rows, %.0f MB of heap",
                TASKS, what, took, machine.rows().count(), (usedBytes() - before) / 1e6);
    }

    /** Processor time of this thread: the machine may have more to do. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double seconds(long began) {
        return Duration.ofNanos(cpuNanos() - began).toMillis() / 1e3;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
