package io.scalable.dispatcher.messaging;

import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes by a producer and a thread of their own, outside of the transactions and commits of the
 * shared topics. Which topics are there is asked of the broker, never waited for. All state belongs
 * to the thread; others give it things to do.
 */
final class KafkaOwnTopics implements OwnTopics {

    private static final Logger LOG = Logger.getLogger(KafkaOwnTopics.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 1_000;

    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final LinkedBlockingQueue<Runnable> toDo = new LinkedBlockingQueue<>();
    private final Map<String, OwnTopic<Sending, Owner>> topics = new HashMap<>();
    private final Thread thread;
    private long lastAsked = System.nanoTime() - ASK_EVERY.toNanos();
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean closed;

    /** Who is told what became of a result. */
    private record Owner(KafkaSession session, String deploymentId) {}

    /**
     * A record on its way.
     *
     * @param grant it is dropped once this does not hold
     * @param owner null for an assignment
     * @param taskId the task of a result
     */
    private record Sending(
            Outgoing record, Ownership.Grant grant, @Nullable Owner owner, String taskId) {

        int bytes() {
            byte[] value = record.value();
            return value == null ? 0 : value.length;
        }
    }

    /**
     * @param producer its {@code max.block.ms} is short
     */
    KafkaOwnTopics(Producer<byte[], byte[]> producer, Admin admin) {
        this.producer = producer;
        this.admin = admin;
        this.thread = Thread.ofPlatform().name("dispatcher-own-topics").daemon().start(this::work);
    }

    @Override
    public Session session(Ownership.Grant grant) {
        return new KafkaSession(grant);
    }

    /** Gives what is under way a moment, then drops it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_WITHIN);
        admin.close(CLOSE_WITHIN);
    }

    private void work() {
        connect();
        var batch = new ArrayList<Runnable>();
        while (!closed) {
            try {
                Runnable first = toDo.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    int _ = toDo.drainTo(batch, MOST_AT_ONCE);
                }
                batch.forEach(Runnable::run);
                sendAndLook();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "a record for a deployment's own topic was lost");
            }
            batch.clear();
        }
    }

    /** The first lease shall not wait for connections to be made. */
    private void connect() {
        try {
            var _ = producer.partitionsFor(Topics.DEPLOYMENTS);
        } catch (KafkaException e) {
            LOG.debugf("not connected yet: %s", e);
        }
    }

    private void sendAndLook() {
        long now = System.nanoTime();
        topics.forEach(
                (name, topic) -> {
                    topic.ready().forEach(waiting -> send(topic, waiting.record()));
                    if (topic.wantsLook(now)) {
                        look(name);
                    }
                });
        askBroker(now);
        topics.values().removeIf(topic -> topic.idle() && topic.partitions() == 0);
    }

    /** False once the broker has not answered for too long. */
    boolean brokerAnswers() {
        return System.nanoTime() - lastAnswer < SILENT_AFTER.toNanos();
    }

    private void askBroker(long now) {
        if (now - lastAsked < ASK_EVERY.toNanos()) {
            return;
        }
        lastAsked = now;
        var _ =
                admin.describeCluster()
                        .clusterId()
                        .whenComplete(
                                (id, _) -> {
                                    if (id != null) {
                                        lastAnswer = System.nanoTime();
                                    }
                                });
    }

    private void look(String name) {
        var _ =
                Objects.requireNonNull(
                                admin.describeTopics(List.of(name)).topicNameValues().get(name))
                        .whenComplete(
                                (description, problem) ->
                                        toDo.add(() -> looked(name, description, problem)));
    }

    private void looked(
            String name, @Nullable TopicDescription found, @Nullable Throwable problem) {
        OwnTopic<Sending, Owner> topic = topic(name);
        if (found != null) {
            topic.found(found.partitions().size());
            topic.due().forEach(owner -> owner.session().failed.add(owner.deploymentId()));
            return;
        }
        LOG.debugf("%s is not there: %s", name, problem);
        double random = ThreadLocalRandom.current().nextDouble();
        topic.missing(System.nanoTime(), random).forEach(sending -> notTaken(topic, sending));
    }

    private void send(OwnTopic<Sending, Owner> topic, Sending sending) {
        Outgoing out = sending.record();
        if (!sending.grant().holds()) {
            LOG.warnf("a record for %s is dropped: %s", out.topic(), Ownership.LOST);
            topic.answered(sending.bytes(), true);
            return;
        }
        Integer partition = out.partition();
        if (partition != null && (partition < 0 || partition >= topic.partitions())) {
            LOG.warnf("%s has no partition %d: a record is dropped", out.topic(), partition);
            topic.answered(sending.bytes(), true);
            return;
        }
        var record =
                new ProducerRecord<>(out.topic(), partition, out.key(), out.value(), out.headers());
        try {
            var _ =
                    producer.send(
                            record,
                            (_, problem) -> toDo.add(() -> answered(topic, sending, problem)));
        } catch (KafkaException e) {
            // Also what the producer says after max.block.ms: the topic is gone since it was found.
            answered(topic, sending, e);
        }
    }

    private void answered(
            OwnTopic<Sending, Owner> topic, Sending sending, @Nullable Exception problem) {
        topic.answered(sending.bytes(), problem == null);
        Owner owner = sending.owner();
        if (problem != null) {
            LOG.debugf("%s did not take a record: %s", sending.record().topic(), problem);
            notTaken(topic, sending);
        } else if (owner != null) {
            owner.session().written.add(new Written(owner.deploymentId(), sending.taskId()));
        }
    }

    private void notTaken(OwnTopic<Sending, Owner> topic, Sending sending) {
        Owner owner = sending.owner();
        if (owner != null && !owner.session().closed) {
            topic.owe(owner);
        }
    }

    private OwnTopic<Sending, Owner> topic(String name) {
        return topics.computeIfAbsent(name, _ -> new OwnTopic<>());
    }

    private void add(Sending sending) {
        topic(sending.record().topic())
                .add(sending, sending.bytes(), sending.owner() != null, System.nanoTime());
    }

    private final class KafkaSession implements Session {

        private final Queue<Written> written = new ConcurrentLinkedQueue<>();
        private final Queue<String> failed = new ConcurrentLinkedQueue<>();
        private final Ownership.Grant grant;
        private volatile boolean closed;

        KafkaSession(Ownership.Grant grant) {
            this.grant = grant;
        }

        @Override
        public void result(String deploymentId, String taskId, Outgoing record) {
            var sending = new Sending(record, grant, new Owner(this, deploymentId), taskId);
            toDo.add(() -> add(sending));
        }

        @Override
        public void assignments(List<Outgoing> records) {
            toDo.add(
                    () -> records.forEach(record -> add(new Sending(record, grant, null, ""))));
        }

        @Override
        public void forget(String deploymentId) {
            toDo.add(
                    () -> {
                        topic(Topics.results(deploymentId)).ended();
                        topic(Topics.assignments(deploymentId)).ended();
                    });
        }

        @Override
        public List<Written> takeWritten() {
            var taken = new ArrayList<Written>();
            for (Written next = written.poll(); next != null; next = written.poll()) {
                taken.add(next);
            }
            return taken;
        }

        @Override
        public Set<String> takeFailed() {
            var taken = new HashSet<String>();
            for (String next = failed.poll(); next != null; next = failed.poll()) {
                taken.add(next);
            }
            return taken;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
