package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.client.run.FakeServices.Answer;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunDriverIT {

    @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

    @TempDir Path temp;

    private final String id = Ids.newDeploymentId(Instant.now());

    @Test
    void everyTaskIsSubmittedAndTheFirstResultOfEachIsWritten() throws Exception {
        var listener = new Listener();
        try (var services = services(task -> new Answer.Succeed(task.input()));
                var folder = RunFolder.create(temp, id)) {
            RunOutcome outcome = driver(folder, tasks(300), listener).run();

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.problem()).isNull();
            assertThat(outcome.workersLeft()).isEmpty();
            assertThat(outcome.count(TaskState.SUCCEEDED)).isEqualTo(300);
            assertThat(folder.tasks().read())
                    .hasSize(300)
                    .allSatisfy(line -> assertThat(line.state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(services.heard()).hasSize(300);
            assertThat(folder.info().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(folder.workers().read()).hasSize(3);
            assertThat(folder.decisions().read()).hasSize(1);
            assertThat(folder.observations().read()).hasSize(1);
            assertThat(folder.file("summary.json")).content().contains("\"SUCCEEDED\" : 300");
        }
        assertThat(listener.progress.getLast().ended()).isEqualTo(300);
        assertThat(topics()).doesNotContain(Topics.results(id), Topics.assignments(id));
    }

    @Test
    void aRunOfWhichTooManyTasksFailIsStopped() throws Exception {
        Function<SubmitTask, Answer> someFail =
                task ->
                        task.index() < 3
                                ? new Answer.Fail(FakeServices.userError("boom"))
                                : new Answer.Wait();
        var listener = new Listener();
        try (var _ = services(someFail);
                var folder = RunFolder.create(temp, id)) {
            var options = RunOptions.defaults().withMaxFails(new MaxFails(20, true));
            RunOutcome outcome =
                    new RunDriver(
                                    BROKER.kafka(),
                                    spec(folder),
                                    tasks(10),
                                    folder,
                                    listener,
                                    options)
                            .run();

            assertThat(outcome.state()).isEqualTo(RunState.FAILED);
            assertThat(outcome.count(TaskState.FAILED)).isEqualTo(3);
            assertThat(outcome.count(TaskState.CANCELLED)).isEqualTo(7);
            assertThat(listener.warnings)
                    .anyMatch(w -> w.contains("3 of 10 tasks failed, more than --max-fails 20%"));
        }
    }

    @Test
    void aFailedTaskFailsTheRun() throws Exception {
        Function<SubmitTask, Answer> oneFails =
                task ->
                        task.index() == 3
                                ? new Answer.Fail(FakeServices.userError("boom"))
                                : new Answer.Succeed(task.input());
        try (var _ = services(oneFails);
                var folder = RunFolder.create(temp, id)) {
            RunOutcome outcome = driver(folder, tasks(10), RunListener.SILENT).run();

            assertThat(outcome.state()).isEqualTo(RunState.FAILED);
            assertThat(outcome.failures())
                    .singleElement()
                    .satisfies(
                            failure -> {
                                assertThat(failure.index()).isEqualTo(3);
                                assertThat(failure.gaveUp()).isTrue();
                                assertThat(failure.failure().message()).isEqualTo("boom");
                            });
            assertThat(folder.failures().read()).isEqualTo(outcome.failures());
        }
    }

    @Test
    void drainLetsRunningTasksFinishAndCancelsTheOthers() throws Exception {
        Function<SubmitTask, Answer> oneRuns =
                task -> task.index() == 0 ? new Answer.Run() : new Answer.Wait();
        try (var services = services(oneRuns);
                var folder = RunFolder.create(temp, id)) {
            RunDriver driver = driver(folder, tasks(5), RunListener.SILENT);
            var outcome = CompletableFuture.supplyAsync(() -> run(driver));
            await().until(() -> services.heard().size() == 5);

            driver.drain();
            await().until(() -> services.heard().size() == 6);
            assertThat(services.heard().getLast())
                    .isInstanceOfSatisfying(
                            CancelAll.class, all -> assertThat(all.running()).isFalse());
            assertThat(services.running()).hasSize(1);
            services.release();

            assertThat(outcome.join().state()).isEqualTo(RunState.CANCELLED);
            assertThat(outcome.join().count(TaskState.SUCCEEDED)).isEqualTo(1);
            assertThat(outcome.join().count(TaskState.CANCELLED)).isEqualTo(4);
        }
    }

    @Test
    void stopCancelsRunningTasksToo() throws Exception {
        try (var services = services(_ -> new Answer.Run());
                var folder = RunFolder.create(temp, id)) {
            RunDriver driver = driver(folder, tasks(3), RunListener.SILENT);
            var outcome = CompletableFuture.supplyAsync(() -> run(driver));
            await().until(() -> services.running().size() == 3);

            driver.stop();

            assertThat(outcome.join().count(TaskState.CANCELLED)).isEqualTo(3);
            assertThat(services.running()).isEmpty();
        }
    }

    @Test
    void aLargeInputTravelsByReference() throws Exception {
        String large = "x".repeat(Payload.INLINE_LIMIT_BYTES + 1);
        try (var services = services(task -> new Answer.Succeed(task.input()));
                var folder = RunFolder.create(temp, id)) {
            SubmitTask task = tasks(1).getFirst().withInput(Payload.of(new TextNode(large)));

            RunOutcome outcome = driver(folder, List.of(task), RunListener.SILENT).run();

            assertThat(outcome.succeeded()).isTrue();
            Payload result = folder.tasks().read().getFirst().result();
            assertThat(services.heard().getFirst())
                    .isInstanceOfSatisfying(
                            SubmitTask.class, sent -> assertThat(sent.input()).isEqualTo(result));
            assertThat(result.isReference()).isTrue();
            assertThat(Payloads.at(folder.file("storage").toUri()).read(result).asText())
                    .isEqualTo(large);
        }
    }

    @Test
    void silenceFromTheDispatcherEndsTheRunWithAProblem() throws Exception {
        try (var folder = RunFolder.create(temp, id)) {
            var options =
                    RunOptions.defaults()
                            .withSilence(Duration.ofMillis(300))
                            .withLeave(Duration.ofMillis(100));
            var driver =
                    new RunDriver(
                            BROKER.kafka(),
                            spec(folder),
                            tasks(2),
                            folder,
                            RunListener.SILENT,
                            options);

            RunOutcome outcome = driver.run();

            assertThat(outcome.state()).isEqualTo(RunState.FAILED);
            assertThat(outcome.problem()).contains("nothing was heard", "dispatcher");
            assertThat(folder.tasks().read())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.state()).isEqualTo(TaskState.CANCELLED));
        }
    }

    @Test
    void aMissingBrokerIsNamed() throws Exception {
        var nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (var folder = RunFolder.create(temp, id)) {
            var options =
                    new RunOptions(
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            false,
                            false,
                            null,
                            false);
            var driver =
                    new RunDriver(
                            nowhere, spec(folder), tasks(1), folder, RunListener.SILENT, options);

            assertThatThrownBy(driver::run)
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("no Kafka broker answers at 127.0.0.1:1");
            assertThat(folder.info().state()).isEqualTo(RunState.FAILED);
        }
    }

    private RunDriver driver(RunFolder folder, List<SubmitTask> tasks, RunListener listener) {
        return new RunDriver(
                BROKER.kafka(), spec(folder), tasks, folder, listener, RunOptions.defaults());
    }

    private DeploymentSpec spec(RunFolder folder) {
        return Samples.deployment(id, folder.file("storage").toUri());
    }

    private List<SubmitTask> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Samples.task(id, "forecast", i)).toList();
    }

    private static FakeServices services(Function<SubmitTask, Answer> answers) {
        return new FakeServices(BROKER.kafka(), answers);
    }

    private static RunOutcome run(RunDriver driver) {
        try {
            return driver.run();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static java.util.Set<String> topics() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>copyOf(BROKER.kafka()))) {
            return admin.listTopics().names().get();
        }
    }

    private static final class Listener implements RunListener {
        private final List<RunProgress> progress = new CopyOnWriteArrayList<>();
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        @Override
        public void warning(String text) {
            warnings.add(text);
        }

        @Override
        public void progress(RunProgress now) {
            progress.add(now);
        }
    }
}
