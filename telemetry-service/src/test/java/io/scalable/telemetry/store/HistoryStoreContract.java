package io.scalable.telemetry.store;

import static io.scalable.telemetry.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailureCause;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.PoolDecision;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.domain.SetAside;
import io.scalable.telemetry.domain.TaskDurations;
import io.scalable.telemetry.domain.TaskTotals;
import io.scalable.telemetry.domain.WorkerHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What history promises on every database that can hold it. */
abstract class HistoryStoreContract {

    private static final String D = "20260131-142501-x7k2p";

    private Database database;
    private HistoryWriter writer;
    private HistoryReader reader;
    private ServicesReader services;

    /** The database of a test, empty. */
    abstract Database open() throws Exception;

    @BeforeEach
    void start() throws Exception {
        database = open();
        writer = database.writer();
        reader = database.reader();
        services = database.services();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aBatchIsReadBackFolded() {
        writer.append(aRun());

        assertThat(reader.deployments(10)).containsExactly(aDeployment());
        assertThat(reader.taskTotals(D))
                .isEqualTo(
                        new TaskTotals(
                                Map.of(TaskState.SUCCEEDED, 1L, TaskState.FAILED, 1L),
                                at(1),
                                at(5)));
        assertThat(reader.tasks(D, TaskFilter.in(TaskState.SUCCEEDED), 10, 0))
                .containsExactly(
                        new TaskHistory(
                                D,
                                D + "/fit/0",
                                "fit",
                                "forecast",
                                TaskState.SUCCEEDED,
                                1,
                                "w1",
                                at(1),
                                at(3),
                                at(4),
                                0.25,
                                null));
        assertThat(reader.workers(D, 100, 0))
                .extracting(WorkerHistory::workerId, WorkerHistory::state)
                .containsExactly(tuple("w1", WorkerHistory.State.STARTED));
        assertThat(reader.decisions(D, 100))
                .containsExactly(Events.plan(D, 1, 1), Events.plan(D, 2, 2));
        assertThat(reader.failures(D, 10, 0))
                .singleElement()
                .satisfies(f -> assertThat(f.failure().stack()).isEqualTo("line 1\nline 2"));
    }

    @Test
    void aBatchThatComesAgainChangesNothing() {
        writer.append(aRun());
        var before = everything();

        writer.append(aRun());

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void theSizeOfBatchesDoesNotMatter() {
        writer.append(aRun());
        var atOnce = everything();

        aRun().forEach(event -> writer.append(List.of(event)));

        assertThat(everything()).isEqualTo(atOnce);
    }

    @Test
    void aTombstoneEndsADeploymentAndPublishingRevivesIt() {
        writer.append(List.of(new HistoryEvent.Published(Events.deployment(D))));
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));
        assertThat(reader.deployment(D)).map(DeploymentHistory::endedAt).contains(at(60));

        writer.append(List.of(new HistoryEvent.Published(Events.deployment(D))));
        assertThat(reader.deployment(D)).contains(aDeployment());
    }

    @Test
    void theEndOfAnUnknownDeploymentIsForgotten() {
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));

        assertThat(reader.deployments(10)).isEmpty();
    }

    @Test
    void tasksComeInPages() {
        var events = new ArrayList<HistoryEvent>();
        for (int i = 0; i < 25; i++) {
            events.add(task(Events.queued(D, D + "/fit/%02d".formatted(i))));
        }
        writer.append(events);

        assertThat(reader.tasks(D, TaskFilter.ALL, 10, 20))
                .extracting(TaskHistory::taskId)
                .containsExactly(
                        D + "/fit/20", D + "/fit/21", D + "/fit/22", D + "/fit/23", D + "/fit/24");
        assertThat(reader.tasks(D, TaskFilter.in(TaskState.QUEUED), 10, 0)).hasSize(10);
        assertThat(reader.tasks(D, TaskFilter.in(TaskState.RUNNING), 10, 0)).isEmpty();
    }

    @Test
    void tasksAreFilteredAndCounted() {
        writer.append(aRun());

        assertThat(reader.countTasks(D, TaskFilter.ALL)).isEqualTo(2);
        assertThat(reader.countTasks(D, new TaskFilter(TaskState.FAILED, "fit", "forecast")))
                .isEqualTo(1);
        assertThat(reader.tasks(D, new TaskFilter(null, "other", null), 10, 0)).isEmpty();
        assertThat(reader.tasks(D, new TaskFilter(null, null, "other"), 10, 0)).isEmpty();
    }

    @Test
    void aPoolIsKnownByItsNewestSampleAndPlanAndByWhatItUsed() {
        writer.append(aRun());
        writer.append(List.of(demanded(10, 7, 2), demanded(11, 5, 4)));
        writer.append(List.of(new HistoryEvent.Ended(D, at(3602))));

        assertThat(reader.samples(D, at(11), 10))
                .singleElement()
                .satisfies(
                        sample -> {
                            assertThat(sample.at()).isEqualTo(at(11));
                            assertThat(sample.ready()).isEqualTo(5);
                            assertThat(sample.running()).isEqualTo(4);
                        });
        assertThat(reader.pools(D))
                .singleElement()
                .satisfies(
                        pool -> {
                            assertThat(pool.component().cpus()).isEqualTo(1);
                            assertThat(pool.desired()).isEqualTo(2);
                            assertThat(pool.now()).isNotNull();
                            assertThat(pool.workersStarted()).isEqualTo(1);
                            assertThat(pool.workerSeconds()).isEqualTo(3600);
                            assertThat(pool.coreHours()).isEqualTo(1);
                        });
    }

    @Test
    void whatADeploymentHasCostIsKnownByItsPricesAndItsWorkers() {
        var prices = new Pricing("USD", "2026-01-31", Map.of("forecast", 2.0), 60, 0, null, 9.0);
        writer.append(
                List.of(new HistoryEvent.Published(Events.deployment(D).withPricing(prices))));
        writer.append(List.of(new HistoryEvent.OfWorker(Events.started(D, "w"))));

        DeploymentHistory deployment = reader.deployment(D).orElseThrow();
        assertThat(deployment.pricing()).isEqualTo(prices);
        assertThat(reader.spent(deployment, at(2 + 1800))).isEqualTo(1);
    }

    @Test
    void withoutPricesNothingIsSaidOfMoney() {
        writer.append(aRun());

        DeploymentHistory deployment = reader.deployment(D).orElseThrow();
        assertThat(deployment.pricing()).isNull();
        assertThat(reader.spent(deployment, at(9))).isNull();
    }

    @Test
    void aPlanThatChangesNothingIsNoDecisionOfThePool() {
        writer.append(
                List.of(
                        new HistoryEvent.Planned(Events.plan(D, 1, 1)),
                        new HistoryEvent.Planned(Events.plan(D, 2, 1)),
                        new HistoryEvent.Planned(Events.plan(D, 3, 4))));

        assertThat(reader.poolDecisions(D, 100))
                .extracting(PoolDecision::workersBefore, PoolDecision::workersAfter)
                .containsExactly(tuple(0, 1), tuple(1, 4));
        assertThat(reader.poolDecisions(D, 100).getLast().reason()).isEqualTo("work waits");
    }

    @Test
    void failuresAreCountedByCause() {
        writer.append(aRun());
        writer.append(
                List.of(
                        task(Events.queued(D, D + "/fit/2")),
                        task(Events.failed(D, D + "/fit/2", "w1"))));

        assertThat(reader.failureCauses(D, 10))
                .containsExactly(
                        new FailureCause(
                                "fit",
                                FailureClass.USER_ERROR,
                                "exit 3",
                                "it broke",
                                2,
                                2,
                                D + "/fit/1",
                                at(5)));
    }

    @Test
    void durationsAreOfTheTasksThatSucceeded() {
        writer.append(aRun());

        assertThat(reader.durations(D))
                .containsExactly(new TaskDurations("fit", 1, 0.25, 0.25, 0.25));
    }

    @Test
    void aWorkersNewestTasksComeFirst() {
        writer.append(aRun());
        writer.append(List.of(task(Events.startedOn(D, D + "/fit/2", "w1"))));

        assertThat(reader.tasksOf(D, "w1", 2))
                .extracting(TaskHistory::taskId)
                .containsExactly(D + "/fit/2", D + "/fit/0");
        assertThat(reader.tasksOf(D, "w2", 2)).isEmpty();
        assertThat(reader.worker(D, "w1")).map(WorkerHistory::place).contains("thread");
    }

    @Test
    void theNewestPlanIsThatOfTheLargestGeneration() {
        writer.append(aRun());

        assertThat(reader.newestDecision(D)).contains(Events.plan(D, 2, 2));
        assertThat(reader.newestDecision("another")).isEmpty();
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        writer.append(aRun());
        writer.append(List.of(demanded(10, 7, 2)));
        assertThat(database.retention().forgetEndedBefore(at(10_000))).isZero();
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));

        assertThat(database.retention().forgetEndedBefore(at(60))).isZero();
        assertThat(database.retention().forgetEndedBefore(at(61))).isEqualTo(1);

        assertThat(everything()).allSatisfy(rows -> assertThat((List<?>) rows).isEmpty());
        assertThat(reader.samples(D, at(0), 10)).isEmpty();
        assertThat(reader.pools(D)).isEmpty();
    }

    @Test
    void oldSamplesAreThinnedToOneAMinute() {
        var events = new ArrayList<HistoryEvent>();
        for (int second = 0; second < 180; second += 10) {
            events.add(demanded(second, second, 0));
        }
        writer.append(events);

        assertThat(database.retention().thinSamplesBefore(at(120))).isEqualTo(10);

        assertThat(reader.samples(D, at(0), 100))
                .extracting(PoolSample::at)
                .startsWith(at(50), at(110), at(120), at(130))
                .hasSize(8);
    }

    @Test
    void textsKeepTheirCharactersButForNul() {
        writer.append(
                List.of(
                        task(
                                Events.failed(
                                        D, D + "/fit/0", "boom\0boom \u00e9\uD83D\uDE00", at(5)))));

        assertThat(reader.failures(D, 10, 0).getFirst().failure().message())
                .isEqualTo("boom\uFFFDboom \u00e9\uD83D\uDE00");
        assertThat(reader.tasks(D, TaskFilter.ALL, 10, 0).getFirst().reason())
                .isEqualTo("boom\uFFFDboom \u00e9\uD83D\uDE00");
    }

    @Test
    void aVeryLongTextIsCutAndSaysSo() {
        writer.append(List.of(task(Events.failed(D, D + "/fit/0", "x".repeat(3_000_000), at(5)))));

        assertThat(reader.failures(D, 10, 0).getFirst().failure().message())
                .hasSize(StoredText.MOST_CHARACTERS)
                .endsWith("(cut)");
    }

    @Test
    void idsAreKeptUpToTheirLimitAndRefusedBeyond() {
        String longest = "\u6771".repeat(StoredText.LONGEST_ID);
        writer.append(List.of(task(Events.queued(D, longest))));
        assertThat(reader.tasks(D, TaskFilter.ALL, 10, 0).getFirst().taskId()).isEqualTo(longest);

        assertRefused("10000 characters", task(Events.queued(D, "x".repeat(10_000))));
        assertRefused("10000 characters", task(Events.queued("x".repeat(10_000), "t")));
        assertRefused("NUL", task(Events.queued(D, "a\0b")));
        assertRefused("NUL", new HistoryEvent.OfWorker(Events.started(D, "w\0")));
    }

    @Test
    void timesThatNoDatabaseHoldsAreRefused() {
        assertRefused(
                "+1000000000",
                task(
                        Events.failed(
                                D,
                                D + "/fit/0",
                                "x",
                                Instant.parse("+1000000000-12-31T23:59:59Z"))));
        assertRefused(
                "-1000000000",
                task(
                        Events.failed(
                                D,
                                D + "/fit/0",
                                "x",
                                Instant.parse("-1000000000-01-01T00:00:00Z"))));
    }

    @Test
    void aRefusedBatchLeavesNothingAndTheStoreGoesOn() {
        List<HistoryEvent> batch = new ArrayList<>(aRun());
        batch.add(3, task(Events.queued(D, "x".repeat(10_000))));

        assertThatThrownBy(() -> writer.append(batch)).isInstanceOf(StoreException.class);
        assertThat(reader.deployments(10)).isEmpty();

        writer.append(aRun());
        assertThat(reader.deployments(10)).hasSize(1);
    }

    @Test
    void aSecondLifeOfADeploymentForgetsTheFirst() {
        writer.append(aRun());
        writer.append(List.of(demanded(10, 7, 2), setAside("planner", 11)));
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));
        var again = new HistoryEvent.Published(Events.deploymentCreated(D, at(70)));
        var second =
                List.<HistoryEvent>of(
                        again,
                        task(Events.queued(D, D + "/fit/1")),
                        task(Events.succeeded(D, D + "/fit/1", 80)));

        writer.append(second);

        assertThat(reader.deployment(D)).map(DeploymentHistory::createdAt).contains(at(70));
        assertThat(reader.tasks(D, TaskFilter.ALL, 10, 0))
                .singleElement()
                .satisfies(t -> assertThat(t.state()).isEqualTo(TaskState.SUCCEEDED));
        assertThat(reader.failures(D, 10, 0)).isEmpty();
        assertThat(reader.workers(D, 10, 0)).isEmpty();
        assertThat(reader.decisions(D, 10)).isEmpty();
        assertThat(services.setAside(D)).isEmpty();
        assertThat(reader.pools(D)).singleElement().extracting(p -> p.now()).isNull();

        writer.append(second);
        assertThat(reader.taskTotals(D).byState()).isEqualTo(Map.of(TaskState.SUCCEEDED, 1L));
    }

    @Test
    void aSecondLifeWithinOneBatchForgetsTheFirstToo() {
        var all = new ArrayList<HistoryEvent>(aRun());
        all.add(new HistoryEvent.Ended(D, at(60)));
        all.add(new HistoryEvent.Published(Events.deploymentCreated(D, at(70))));
        all.add(task(Events.queued(D, D + "/fit/1")));
        all.add(task(Events.succeeded(D, D + "/fit/1", 80)));

        writer.append(all);
        writer.append(all);

        assertThat(reader.taskTotals(D).byState()).isEqualTo(Map.of(TaskState.SUCCEEDED, 1L));
        assertThat(reader.failures(D, 10, 0)).isEmpty();
    }

    @Test
    void aDeploymentIsSetAsideUntilItIsReleased() {
        writer.append(List.of(setAside("planner", 5), setAside("dispatcher", 6)));
        assertThat(services.setAside(D))
                .containsExactly(
                        new SetAside(D, "dispatcher", "it failed", at(6)),
                        new SetAside(D, "planner", "it failed", at(5)));
        assertThat(services.setAsideByService()).isEqualTo(Map.of("dispatcher", 1L, "planner", 1L));

        writer.append(List.of(new HistoryEvent.Released(D, "planner")));

        assertThat(services.setAside(D))
                .extracting(SetAside::service)
                .containsExactly("dispatcher");
    }

    @Test
    void aDeploymentIsServedWhileItsProviderHostIsHeard() {
        writer.append(List.of(new HistoryEvent.Published(Events.deployment(D))));
        assertThat(services.unserved(at(0))).isEqualTo(1);
        String host = reader.deployment(D).orElseThrow().providerHost();

        writer.append(
                List.of(
                        new HistoryEvent.HostHeard(
                                new ProviderHost(host, List.of("local"), at(5)))));

        assertThat(services.unserved(at(0))).isZero();
        assertThat(services.unserved(at(6))).isEqualTo(1);
        assertThat(services.providerHost(host))
                .contains(new ProviderHost(host, List.of("local"), at(5)));
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));
        assertThat(services.unserved(at(6))).isZero();
    }

    @Test
    void aLivingDeploymentKeepsTheNewestAndItsSumsStayRight() {
        var events = new ArrayList<HistoryEvent>();
        events.add(new HistoryEvent.Published(Events.deployment(D)));
        for (int i = 0; i < 50; i++) {
            String id = D + "/fit/%02d".formatted(i);
            events.add(task(Events.queued(D, id)));
            if (i < 30) {
                events.add(task(Events.succeeded(D, id, 100 + i)));
            } else if (i < 45) {
                events.add(task(Events.failed(D, id, "boom", at(200 + i))));
            }
            events.add(new HistoryEvent.Planned(Events.plan(D, i + 1, i / 10)));
        }
        writer.append(events);
        TaskTotals before = reader.taskTotals(D);

        int gone = database.retention().bound(new Retention.Most(10, 8, 5, 20));

        assertThat(gone).isEqualTo(35 + 10 + 30 + 30);
        assertThat(reader.taskTotals(D)).isEqualTo(before);
        assertThat(reader.tasks(D, TaskFilter.in(TaskState.FAILED), 100, 0)).hasSize(10);
        assertThat(reader.tasks(D, TaskFilter.in(TaskState.QUEUED), 100, 0)).hasSize(5);
        assertThat(reader.failures(D, 100, 0)).hasSize(5);
        assertThat(reader.decisions(D, 100)).hasSize(20);
        assertThat(reader.poolDecisions(D, 100))
                .extracting(PoolDecision::workersBefore, PoolDecision::workersAfter)
                .containsExactly(tuple(3, 4));
        assertThat(database.retention().bound(new Retention.Most(10, 8, 5, 20))).isZero();
        assertThat(reader.taskTotals(D)).isEqualTo(before);
    }

    @Test
    void workersThatEndedLongAgoAreSumsAndWhatTheyUsedAndCostStaysRight() {
        var events = new ArrayList<HistoryEvent>();
        events.add(
                new HistoryEvent.Published(
                        Events.deployment(D)
                                .withPricing(
                                        new Pricing(
                                                "USD",
                                                "2026-01-31",
                                                Map.of("forecast", 2.0),
                                                60,
                                                0,
                                                null,
                                                null))));
        for (int i = 0; i < 30; i++) {
            events.add(new HistoryEvent.OfWorker(Events.started(D, "w" + i)));
            if (i > 0) {
                events.add(new HistoryEvent.OfWorker(Events.removed(D, "w" + i, 10 + i)));
            }
        }
        writer.append(events);
        DeploymentHistory deployment = reader.deployment(D).orElseThrow();
        double spent = Objects.requireNonNull(reader.spent(deployment, at(100)));

        assertThat(database.retention().bound(new Retention.Most(10, 8, 5, 20))).isEqualTo(21);

        assertThat(reader.workers(D, 100, 0))
                .extracting(WorkerHistory::workerId)
                .containsExactlyInAnyOrder(
                        "w0", "w22", "w23", "w24", "w25", "w26", "w27", "w28", "w29");
        assertThat(reader.countWorkers(D)).isEqualTo(30);
        assertThat(reader.spent(deployment, at(100))).isCloseTo(spent, within(1e-9));
        assertThat(reader.pools(D).getFirst().workersStarted()).isEqualTo(30);
        assertThat(database.retention().bound(new Retention.Most(10, 8, 5, 20))).isZero();
        assertThat(reader.spent(deployment, at(100))).isCloseTo(spent, within(1e-9));
    }

    @Test
    void whatTasksWaitForIsWhatTheNewestDemandSays() {
        writer.append(List.of(lacks(1, new MissingNeed("d/x/0", 3), new MissingNeed("d/y/0", 1))));
        writer.append(List.of(lacks(2, new MissingNeed("d/y/0", 2))));
        assertThat(database.services().missing(D)).containsExactly(new MissingNeed("d/y/0", 2));

        writer.append(List.of(lacks(3)));
        assertThat(database.services().missing(D)).isEmpty();
    }

    private static HistoryEvent lacks(int second, MissingNeed... needs) {
        PoolDemand line = Events.demand(D, second, 0, 0);
        return new HistoryEvent.Demanded(
                new PoolDemand(
                        D,
                        line.at(),
                        line.type(),
                        line.nowSeconds(),
                        line.pools(),
                        List.of(),
                        List.of(),
                        List.of(needs)));
    }

    @Test
    void oldSamplesOfALivingDeploymentAreForgotten() {
        writer.append(List.of(demanded(0, 1, 0), demanded(100, 1, 0)));

        assertThat(database.retention().forgetSamplesBefore(at(50))).isEqualTo(1);

        assertThat(reader.samples(D, at(0), 10))
                .extracting(PoolSample::at)
                .containsExactly(at(100));
    }

    @Test
    void workersThatAreThereComeFirstAndInPages() {
        writer.append(
                List.of(
                        new HistoryEvent.OfWorker(Events.started(D, "a")),
                        new HistoryEvent.OfWorker(Events.removed(D, "a", 9)),
                        new HistoryEvent.OfWorker(Events.started(D, "b"))));

        assertThat(reader.workers(D, 1, 0))
                .extracting(WorkerHistory::workerId)
                .containsExactly("b");
        assertThat(reader.workers(D, 1, 1))
                .extracting(WorkerHistory::workerId)
                .containsExactly("a");
        assertThat(reader.countWorkers(D)).isEqualTo(2);
    }

    private void assertRefused(String why, HistoryEvent event) {
        assertThatThrownBy(() -> writer.append(List.of(event)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> {
                            assertThat(e.fault()).isEqualTo(StoreException.Fault.DATA);
                            assertThat(e).hasMessageContaining(why);
                        });
    }

    private static HistoryEvent setAside(String service, int second) {
        return new HistoryEvent.SetAside(new SetAside(D, service, "it failed", at(second)));
    }

    private static HistoryEvent demanded(int second, int ready, int running) {
        return new HistoryEvent.Demanded(Events.demand(D, second, ready, running));
    }

    private static List<HistoryEvent> aRun() {
        return List.of(
                new HistoryEvent.Published(Events.deployment(D)),
                new HistoryEvent.Planned(Events.plan(D, 1, 1)),
                new HistoryEvent.Planned(Events.plan(D, 2, 2)),
                new HistoryEvent.OfWorker(Events.started(D, "w1")),
                task(Events.queued(D, D + "/fit/0")),
                task(Events.startedOn(D, D + "/fit/0", "w1")),
                task(Events.succeeded(D, D + "/fit/0", "w1")),
                task(Events.queued(D, D + "/fit/1")),
                task(Events.startedOn(D, D + "/fit/1", "w1")),
                task(Events.failed(D, D + "/fit/1", "w1")));
    }

    private static HistoryEvent task(TaskEvent event) {
        return new HistoryEvent.OfTask(event);
    }

    private static DeploymentHistory aDeployment() {
        return DeploymentHistory.of(Events.deployment(D));
    }

    private List<Object> everything() {
        return List.of(
                reader.deployments(10),
                reader.tasks(D, TaskFilter.ALL, 100, 0),
                reader.workers(D, 100, 0),
                reader.decisions(D, 100),
                reader.failures(D, 100, 0));
    }
}
