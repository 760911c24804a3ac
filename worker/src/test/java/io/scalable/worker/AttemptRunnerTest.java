package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static io.scalable.worker.Leases.lease;
import static io.scalable.worker.Leases.withInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Work;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptRunnerTest {

    private static final URI STORAGE = Path.of("target/attempts").toUri();
    private static final ClassLoader HERE = AttemptRunnerTest.class.getClassLoader();

    private final WorkerConfig config =
            new WorkerConfig(
                    Leases.DEPLOYMENT,
                    "forecast",
                    Leases.WORKER,
                    1,
                    0,
                    Map.of(),
                    STORAGE,
                    Path.of("/"),
                    List.of(),
                    Map.of(),
                    null);
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(
                        ProducerRecord<byte[], byte[]> sent, @Nullable Callback callback) {
                    if (new String(sent.value(), StandardCharsets.UTF_8).contains("too much")) {
                        throw new RecordTooLargeException("this broker takes less");
                    }
                    return super.send(sent, callback);
                }
            };
    private final LeaseTable leases = new LeaseTable();
    private final Timer timer = new Timer(Leases.WORKER);
    private final Retirement retirement = new Retirement();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicReference<@Nullable Error> trouble = new AtomicReference<>();
    private final AttemptRunner runner = runner();

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(runner.stopAll(Duration.ofSeconds(30))).isTrue();
        timer.close();
    }

    @Test
    void anAttemptIsReportedBeforeItIsForgotten() {
        grant("nothing", "null");

        await().untilAsserted(() -> assertThat(ended).hasValue(1));

        assertThat(leases.held()).isEmpty();
        assertThat(reports())
                .last()
                .satisfies(
                        end ->
                                assertThat(((AttemptFinished) end).result().value().isNull())
                                        .isTrue());
    }

    @Test
    void ofALongAttemptTheBeginningIsTold() {
        Attempt attempt = grant("sleeps", "600");

        await().until(() -> !reports().isEmpty());

        assertThat(reports()).first().isInstanceOf(AttemptStarted.class);
        runner.stop(attempt, StopCause.REVOKED);
    }

    @Test
    void theEndOfTheAllocationIsNotTheTasksFault() {
        Attempt attempt = grant("sleeps", "600");
        await().until(attempt::running);

        runner.stop(attempt, StopCause.WALLTIME);

        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        var finished = (AttemptFinished) reports().getLast();
        assertThat(finished.failure().failureClass()).isEqualTo(FailureClass.WALLTIME);
    }

    @Test
    void nothingIsSaidOfARevokedAttempt() {
        Attempt attempt = grant("sleeps", "600");
        await().until(attempt::running);

        assertThat(leases.revoke(attempt.key())).isPresent();
        runner.stop(attempt, StopCause.REVOKED);

        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        assertThat(reports()).noneMatch(AttemptFinished.class::isInstance);
    }

    @Test
    void aWorkerThatIsBeingEndedCutsShortWhatRuns() {
        Attempt attempt = grant("sleeps", "600");
        await().until(attempt::running);

        runner.stop(attempt, StopCause.PREEMPTED);

        assertThat(failure().failureClass()).isEqualTo(FailureClass.PREEMPTED);
    }

    @Test
    void whatFailsWhileTheWorkerIsBeingEndedIsNotTheTasksFault() {
        retirement.begin();

        grant("fails", "\"no data\"");

        assertThat(failure().failureClass()).isEqualTo(FailureClass.PREEMPTED);
        assertThat(failure().message()).contains("being ended by its platform", "no data");
    }

    @Test
    void aCommandEndedByAStrangersSignalWaitsForTheWorkersOwn() {
        grant(new Work.Command(List.of("sh", "-c", "kill -TERM $$"), null), "null");
        await().until(() -> attemptsHeld() == 1);
        assertThat(reports()).noneMatch(AttemptFinished.class::isInstance);

        retirement.begin();

        assertThat(failure().failureClass()).isEqualTo(FailureClass.PREEMPTED);
        assertThat(failure().type()).isEqualTo("signal 15");
    }

    @Test
    void aCommandEndedByASignalThatOnlyItGotIsItsOwnFailure() {
        grant(new Work.Command(List.of("sh", "-c", "kill -TERM $$"), null), "null");

        assertThat(failure().failureClass()).isEqualTo(FailureClass.USER_ERROR);
    }

    @Test
    void aResultThatCannotBeSentEndsItsAttemptOnce() {
        grant("echo", "\"too much\"");

        assertThat(failure().type()).isEqualTo("unsendable result");
        await().untilAsserted(() -> assertThat(leases.held()).isEmpty());
    }

    @Test
    void anErrorOnTheWayToTheReportEndsTheAttemptAndNotTheSlot() {
        trouble.set(new StackOverflowError());
        grant("nothing", "null");
        await().untilAsserted(() -> assertThat(leases.held()).isEmpty());

        grant("nothing", "null");

        await().untilAsserted(() -> assertThat(ended).hasValueGreaterThan(2));
        assertThat(reports().getLast()).isInstanceOf(AttemptFinished.class);
    }

    private long attemptsHeld() {
        return leases.held().size();
    }

    private Failure failure() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> reports().stream().anyMatch(AttemptFinished.class::isInstance));
        return reports().stream()
                .filter(AttemptFinished.class::isInstance)
                .map(report -> ((AttemptFinished) report).failure())
                .findFirst()
                .orElseThrow();
    }

    private Attempt grant(String method, String input) {
        return grant(new Work.Handler(SampleTasks.class.getName() + "::" + method), input);
    }

    private Attempt grant(Work work, String input) {
        String method = "t" + granted.incrementAndGet();
        Attempt attempt = attempt(withInput(lease(method, 0, 1, work), input));
        assertThat(leases.grant(attempt)).isEmpty();
        return attempt;
    }

    private List<WorkerReport> reports() {
        return broker.history().stream()
                .map(sent -> TopicRecords.decode(sent.topic(), sent.key(), sent.value()))
                .flatMap(record -> ((TopicRecord.Present) record).bodies().stream())
                .map(WorkerReport.class::cast)
                .toList();
    }

    private AttemptRunner runner() {
        var logs = TaskLogs.at(STORAGE);
        var lookup = new HandlerLookup(TaskLoader.of("c", List.of(), HERE), new TaskJson(HERE));
        var work =
                new TaskWork(
                        Payloads.at(STORAGE),
                        new HandlerTasks(lookup, logs),
                        new CommandTasks(config, logs, new OutOfMemoryKills(List.of())));
        return new AttemptRunner(
                config,
                work,
                leases,
                new Reporter(broker, config),
                timer,
                retirement,
                HERE,
                () -> {
                    ended.incrementAndGet();
                    Error once = trouble.getAndSet(null);
                    if (once != null) {
                        throw once;
                    }
                });
    }
}
