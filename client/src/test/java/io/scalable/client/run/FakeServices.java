package io.scalable.client.run;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Dispatcher, planner and provider in one: gives each deployment one worker and answers each task
 * as a function says. Serves shared topics of one partition.
 */
public final class FakeServices implements AutoCloseable {

    /** What becomes of a task. */
    public sealed interface Answer {
        record Succeed(Payload result) implements Answer {}

        record Fail(Failure failure) implements Answer {}

        /** Starts it and leaves it running until it is released or cancelled. */
        record Run() implements Answer {}

        /** Leaves it waiting until it is cancelled. */
        record Wait() implements Answer {}
    }

    private static final JsonCodec<TaskResult> RESULT = JsonCodec.of(TaskResult.class);
    private static final JsonCodec<DeploymentSpec> SPEC = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<PoolDemand> DEMAND = JsonCodec.of(PoolDemand.class);
    private static final JsonCodec<WorkerLifecycle> WORKER = JsonCodec.of(WorkerLifecycle.class);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Function<SubmitTask, Answer> answers;
    private final boolean providing;
    private final Map<String, SubmitTask> waiting = new LinkedHashMap<>();
    private final Map<String, SubmitTask> running = new ConcurrentHashMap<>();
    private final List<TaskCommand> heard = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    public FakeServices(Map<String, String> kafka, Function<SubmitTask, Answer> answers) {
        this(kafka, answers, true);
    }

    /**
     * @param providing false leaves the workers to a real provider
     */
    public FakeServices(
            Map<String, String> kafka, Function<SubmitTask, Answer> answers, boolean providing) {
        this.answers = answers;
        this.providing = providing;
        this.consumer = KafkaClients.consumer(kafka, "fake-services", Map.of());
        this.producer = KafkaClients.producer(kafka, "fake-services", Map.of());
        var topics = new ArrayList<TopicPartition>();
        for (String topic : List.of(Topics.DEPLOYMENTS, Topics.TASKS, Topics.SCALE_REQUESTS)) {
            topics.add(new TopicPartition(topic, 0));
        }
        consumer.assign(topics);
        consumer.seekToEnd(topics);
        topics.forEach(consumer::position);
        this.thread = new Thread(this::serve, "fake-services");
        thread.start();
    }

    /** Every command on the topic of tasks, in order. */
    public List<TaskCommand> heard() {
        return heard;
    }

    /** Ids of the tasks that were left running. */
    public List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** Lets everything that was left running succeed with its input. */
    public void release() {
        for (SubmitTask task : List.copyOf(running.values())) {
            running.remove(task.taskId());
            answer(task, TaskState.SUCCEEDED, task.input(), null);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private void serve() {
        try (consumer) {
            while (!closed) {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    take(record);
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String deployment = new String(record.key(), StandardCharsets.UTF_8);
        switch (record.topic()) {
            case Topics.DEPLOYMENTS -> {
                if (record.value() == null) {
                    ended(deployment);
                } else {
                    begun(SPEC.decode(record.value()));
                }
            }
            case Topics.TASKS ->
                    ((TopicRecord.Present)
                                    TopicRecords.decode(
                                            record.topic(), record.key(), record.value()))
                            .bodies()
                            .forEach(body -> command((TaskCommand) body));
            default -> {
                // Requests are only looked at by their own test.
            }
        }
    }

    private void begun(DeploymentSpec spec) {
        String id = spec.deploymentId();
        String pool = spec.components().getFirst().name();
        String worker = id + "-" + pool + "-1";
        Instant now = Instant.now();
        var part = new PoolPlan(pool, 1, "one is enough", "tasks");
        send(
                Topics.SCALE_PLANS,
                id,
                PLAN.encode(new ScalePlan(id, 1, List.of(part), 1, null, null, null, now)));
        if (providing) {
            tell(new WorkerRequested(id, pool, worker, 1, now));
            tell(new WorkerStarted(id, pool, worker, "here", now));
        }
        var seen =
                new PoolObservation(
                        pool, 1, 0, 1, 0, List.of(), List.of(), List.of(), List.of(), List.of(),
                        List.of());
        send(
                Topics.POOL_DEMAND,
                id,
                DEMAND.encode(
                        new PoolDemand(
                                id, now, "observe", 0.1, List.of(seen), List.of(), List.of())));
    }

    private void ended(String id) {
        if (providing) {
            tell(
                    new WorkerRemoved(
                            id,
                            "forecast",
                            id + "-forecast-1",
                            RemovalCause.DEPLOYMENT_ENDED,
                            Instant.now()));
        }
    }

    private void tell(WorkerLifecycle event) {
        send(Topics.WORKER_LIFECYCLE, event.deploymentId(), WORKER.encode(event));
    }

    private void command(TaskCommand command) {
        heard.add(command);
        switch (command) {
            case SubmitTask task -> submitted(task);
            case CancelTask cancel -> {
                cancel(waiting, cancel.taskId());
                cancel(running, cancel.taskId());
            }
            case CancelAll all -> {
                List.copyOf(waiting.keySet()).forEach(id -> cancel(waiting, id));
                if (all.running()) {
                    List.copyOf(running.keySet()).forEach(id -> cancel(running, id));
                }
            }
            case ResultsWanted _ -> {}
        }
    }

    private void submitted(SubmitTask task) {
        switch (answers.apply(task)) {
            case Answer.Succeed good -> {
                answer(task, TaskState.SUCCEEDED, good.result(), null);
                // At least once: readers must keep the first.
                answer(task, TaskState.FAILED, null, Samples.failure("late"));
            }
            case Answer.Fail bad -> answer(task, TaskState.FAILED, null, bad.failure());
            case Answer.Run _ -> running.put(task.taskId(), task);
            case Answer.Wait _ -> waiting.put(task.taskId(), task);
        }
    }

    private void cancel(Map<String, SubmitTask> from, String taskId) {
        SubmitTask task = from.remove(taskId);
        if (task != null) {
            answer(task, TaskState.CANCELLED, null, null);
        }
    }

    private void answer(SubmitTask task, TaskState state, Payload result, Failure failure) {
        Instant now = Instant.now();
        var out =
                new TaskResult(
                        task.deploymentId(),
                        task.taskId(),
                        task.task(),
                        "forecast",
                        task.index(),
                        state,
                        1,
                        task.deploymentId() + "-forecast-1",
                        result,
                        failure == null ? List.of() : List.of(failure),
                        state == TaskState.CANCELLED ? "asked" : null,
                        now,
                        now,
                        now,
                        0.25);
        send(Topics.results(task.deploymentId()), task.deploymentId(), RESULT.encode(out));
    }

    private void send(String topic, String key, byte[] value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** A failure of the user's own code. */
    public static Failure userError(String message) {
        return new Failure(
                FailureClass.USER_ERROR,
                "java.lang.IllegalStateException",
                message,
                "java.lang.IllegalStateException: " + message + "\n\tat energy.Forecast.fit");
    }
}
