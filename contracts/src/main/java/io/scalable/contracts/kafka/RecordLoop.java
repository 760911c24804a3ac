package io.scalable.contracts.kafka;

import io.scalable.contracts.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics on a thread of its own, as a member of a group, for as long as the process lives.
 * Trouble of the broker, and of what its reader writes to, is waited out: the reader gets the same
 * records again, and meanwhile the thread goes on polling, so that the group keeps it. What cannot
 * go on ends the loop, and {@link Settings#ended} is told; it never ends silently.
 */
public final class RecordLoop implements AutoCloseable {

    /** Takes in what was read. All calls come from the loop's thread. */
    public interface Reader {

        /**
         * Takes in records, in the order of their partitions.
         *
         * @throws TryAgainException if they cannot be taken in now; they come again
         */
        void read(List<ConsumerRecord<byte[], byte[]>> records) throws TryAgainException;

        /** These partitions are this reader's from now on. */
        default void assigned(
                Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {}

        /** These partitions are another's. */
        default void revoked(Collection<TopicPartition> partitions) {}

        /** Called several times a second, after what was read was taken in, and if nothing came. */
        default void turn() {}
    }

    /** What was read cannot be taken in now; the message says why, for people. */
    public static final class TryAgainException extends Exception {

        private static final long serialVersionUID = 1L;

        public TryAgainException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /** What the loop does. */
    public sealed interface State {

        /** It reads. */
        record Reading() implements State {}

        /**
         * It waits for what may come back, and tries again and again.
         *
         * @param reason what it waits for, in short words
         */
        record Waiting(String reason, Instant since) implements State {}

        /** It has ended: because it was closed, or because it could not go on. */
        record Ended(String reason) implements State {}
    }

    /**
     * @param name of the thread
     * @param commits whether the group's offsets are committed after each batch; else every
     *     assignment reads from the beginning
     * @param backoff how long to wait for what may come back
     * @param ended told once if the loop cannot go on
     */
    public record Settings(
            String name,
            List<String> topics,
            boolean commits,
            Backoff backoff,
            java.util.function.Consumer<Throwable> ended) {
        public Settings {
            topics = List.copyOf(topics);
        }
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LEAVE = Duration.ofSeconds(2);

    /** A group's coordinator that does not answer for so long is away, seconds. */
    private static final double SILENT = 10;

    private final Settings settings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Reader reader;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<ConsumerRecord<byte[], byte[]>> pending = new ArrayList<>();
    private volatile State state = new State.Waiting("it is being started", Instant.now());
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private int failures;
    private long nextTry = System.nanoTime();

    private RecordLoop(
            Settings settings, Supplier<Consumer<byte[], byte[]>> consumers, Reader reader) {
        this.settings = settings;
        this.consumers = consumers;
        this.reader = reader;
        thread = Thread.ofPlatform().name(settings.name()).daemon().unstarted(this::run);
    }

    /**
     * Starts to read.
     *
     * @param consumers makes a consumer; asked again after trouble that a consumer does not survive
     */
    public static RecordLoop start(
            Settings settings, Supplier<Consumer<byte[], byte[]>> consumers, Reader reader) {
        var loop = new RecordLoop(settings, consumers, reader);
        loop.thread.start();
        return loop;
    }

    /** What it does at the moment. */
    public State state() {
        return state;
    }

    /** Leaves the group after the batch at hand. */
    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(LEAVE.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped()) {
                readUntilTrouble();
            }
            state = new State.Ended("it was stopped");
        } catch (ReaderFailedException e) {
            end(e.getCause() == null ? e : e.getCause());
        } catch (Throwable e) {
            end(e);
        }
    }

    private void end(Throwable cause) {
        state = new State.Ended("it cannot go on: " + cause);
        settings.ended().accept(cause);
    }

    private void readUntilTrouble() throws InterruptedException {
        try {
            Consumer<byte[], byte[]> reading = consumers.get();
            consumer = reading;
            try {
                reading.subscribe(settings.topics(), new Assignment(reading));
                while (!stopped()) {
                    turn(reading);
                }
            } finally {
                // A broker that is gone is not waited for.
                reading.close(CloseOptions.timeout(LEAVE));
            }
        } catch (WakeupException e) {
            // Only close wakes it.
        } catch (KafkaException e) {
            waitFor("the broker has trouble: " + e.getMessage());
            boolean _ = stopping.await(delay(), TimeUnit.NANOSECONDS);
        } finally {
            consumer = null;
            pending.clear();
        }
    }

    private void turn(Consumer<byte[], byte[]> reading) {
        boolean waits = !pending.isEmpty();
        reading.poll(POLL).forEach(pending::add);
        if (pending.isEmpty()) {
            look(reading);
        } else if (!waits || System.nanoTime() - nextTry >= 0) {
            read(reading);
        }
        guarded(reader::turn);
    }

    /** Nothing came: because there is nothing, or because nobody answers. */
    private void look(Consumer<byte[], byte[]> reading) {
        double silent = ConsumerGroup.silentSeconds(reading);
        if (silent > SILENT) {
            waitFor("the broker does not answer");
        } else if (silent >= 0) {
            goesOn();
        }
    }

    private void read(Consumer<byte[], byte[]> reading) {
        List<ConsumerRecord<byte[], byte[]>> batch = List.copyOf(pending);
        try {
            reader.read(batch);
        } catch (TryAgainException e) {
            waitFor(String.valueOf(e.getMessage()));
            nextTry = System.nanoTime() + delay();
            reading.pause(reading.assignment());
            return;
        } catch (RuntimeException | Error e) {
            throw new ReaderFailedException(e);
        }
        pending.clear();
        reading.resume(reading.paused());
        goesOn();
        if (settings.commits()) {
            ConsumerGroup.commit(reading, batch);
        }
    }

    private void goesOn() {
        failures = 0;
        if (!(state instanceof State.Reading)) {
            state = new State.Reading();
        }
    }

    private void waitFor(String reason) {
        failures++;
        Instant since = state instanceof State.Waiting before ? before.since() : Instant.now();
        state = new State.Waiting(reason, since);
    }

    private long delay() {
        double random = ThreadLocalRandom.current().nextDouble();
        return settings.backoff().delay(Math.max(1, failures), random).toNanos();
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            throw new ReaderFailedException(e);
        }
    }

    /** A reader that fails is a fault of the program: reading the same again would not help. */
    private static final class ReaderFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ReaderFailedException(Throwable cause) {
            super(cause);
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> reading;

        Assignment(Consumer<byte[], byte[]> reading) {
            this.reading = reading;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!pending.isEmpty()) {
                reading.pause(partitions);
            }
            reader.assigned(reading, partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            var gone = new HashSet<>(partitions);
            pending.removeIf(r -> gone.contains(new TopicPartition(r.topic(), r.partition())));
            reader.revoked(partitions);
        }
    }
}
