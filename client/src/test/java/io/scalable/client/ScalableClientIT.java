package io.scalable.client;

import static io.scalable.client.TaskOption.retries;
import static io.scalable.client.TaskOption.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scalable.client.SampleTasks.Answer;
import io.scalable.client.SampleTasks.Item;
import io.scalable.client.run.FakeServices;
import io.scalable.client.run.LiveRun;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.RunState;
import io.scalable.client.run.Samples;
import io.scalable.client.run.SharedBroker;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScalableClientIT {

    @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

    @TempDir Path temp;

    private FakeServices services;
    private RunFolder folder;
    private ScalableClient client;

    @BeforeEach
    void open() throws Exception {
        services = new FakeServices(BROKER.kafka(), ScalableClientIT::answer);
        String id = Ids.newDeploymentId(Instant.now());
        folder = RunFolder.create(temp, id);
        var spec = Samples.deployment(id, folder.file("storage").toUri());
        var futures = new TaskFutures(spec.storage());
        var run =
                LiveRun.open(
                        BROKER.kafka(),
                        spec,
                        folder,
                        futures,
                        RunOptions.defaults().followingTasks());
        client = new ScalableClient(run, futures, new TaskHints(List.of()));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        services.close();
    }

    @Test
    void resultsAreGatheredInTheOrderOfTheArguments() throws Exception {
        List<Item> items = IntStream.range(0, 100).mapToObj(i -> new Item("item " + i, i)).toList();

        List<TaskFuture<Answer>> futures =
                client.map(SampleTasks::answer, items, tag("forecast"), retries(2));

        assertThat(client.gather(futures))
                .extracting(Answer::text)
                .containsExactlyElementsOf(items.stream().map(Item::name).toList());
        assertThat(services.heard().getFirst())
                .isInstanceOfSatisfying(
                        SubmitTask.class,
                        task -> {
                            assertThat(task.task()).isEqualTo("SampleTasks.answer");
                            assertThat(task.tag()).isEqualTo("forecast");
                            assertThat(task.retries()).isEqualTo(2);
                            assertThat(task.work())
                                    .isEqualTo(
                                            new Work.Handler(
                                                    "io.scalable.client.SampleTasks::answer"));
                        });
        await().until(() -> client.workerCount("forecast-tag") == 1);
    }

    @Test
    void theFirstFailureEndsTheGathering() {
        TaskFuture<Answer> runs =
                client.submit(SampleTasks::answer, new Item("run", 1), tag("forecast"));
        TaskFuture<Answer> fails =
                client.submit(SampleTasks::answer, new Item("fail", 1), tag("forecast"));

        assertThatThrownBy(() -> client.gather(List.of(runs, fails)))
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        e -> {
                            assertThat(e.failureMessage()).isEqualTo("no such item");
                            assertThat(e.workerStack()).contains("energy.Forecast.fit");
                        });
        assertThat(runs.isDone()).isFalse();
    }

    @Test
    void aCancelledFutureIsCancelledByTheDispatcher() {
        TaskFuture<Answer> future =
                client.submit(SampleTasks::answer, new Item("run", 1), tag("forecast"));
        await().until(() -> services.running().size() == 1);

        assertThat(future.cancel()).isTrue();

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(services.heard().getLast()).isInstanceOf(CancelTask.class);
    }

    @Test
    void aTaskMayNeedOthers() throws Exception {
        List<TaskFuture<Answer>> others =
                client.map(
                        SampleTasks::answer,
                        List.of(new Item("a", 1), new Item("b", 2)),
                        tag("forecast"));

        TaskFuture<Integer> sum =
                client.submit(SampleTasks::sum, new Item("sum", 3), others, tag("postprocess"));

        assertThat(sum.get()).isEqualTo(3);
        assertThat(services.heard().getLast())
                .isInstanceOfSatisfying(
                        SubmitTask.class,
                        task ->
                                assertThat(task.needs())
                                        .containsExactly(
                                                others.get(0).taskId(), others.get(1).taskId()));
    }

    @Test
    void closingCancelsWhatIsOpenAndCompletesTheRunFolder() throws Exception {
        TaskFuture<Answer> future =
                client.submit(SampleTasks::answer, new Item("run", 1), tag("forecast"));

        client.close();

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(folder.info().state()).isEqualTo(RunState.CANCELLED);
        assertThat(folder.file("summary.json")).exists();
    }

    @Test
    void anUnknownTagIsRefusedAndNothingIsSent() {
        assertThatThrownBy(() -> client.submit(SampleTasks::answer, new Item("a", 1), tag("gpu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no component answers to the tag 'gpu'")
                .hasMessageContaining("forecast (tags [forecast-tag])");
        assertThat(client.progress().total()).isZero();
    }

    private static FakeServices.Answer answer(SubmitTask task) {
        String name = task.input().value().path("name").asText();
        return switch (name) {
            case "run" -> new FakeServices.Answer.Run();
            case "fail" -> new FakeServices.Answer.Fail(FakeServices.userError("no such item"));
            case "sum" -> succeed(task.input().value().path("count").asInt());
            default -> succeed(new Answer(name, List.of()));
        };
    }

    private static FakeServices.Answer succeed(Object result) {
        return new FakeServices.Answer.Succeed(Payload.of(Json.mapper().valueToTree(result)));
    }
}
