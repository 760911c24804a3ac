package io.scalable.provider.platform;

import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls that block, each kind in a lane of its own, so that no kind waits for another: launches
 * never hold up ends, nor either of them a look. What came of a call is brought back to the one
 * thread that asked. Not thread-safe, but for what the executor runs.
 */
final class Lanes {

    /** A kind of calls. */
    enum Lane {
        END,
        LAUNCH,
        LOOK
    }

    private final Executor executor;
    private final Runnable changed;
    private final Map<Lane, Integer> width;
    private final Map<Lane, Integer> open = new EnumMap<>(Lane.class);
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

    /**
     * @param executor runs what blocks; calls of several lanes at the same time
     * @param launches calls of the launch lane at the same time; other lanes have one
     * @param changed called by the executor's threads when there is an answer
     */
    Lanes(Executor executor, int launches, Runnable changed) {
        this.executor = executor;
        this.changed = changed;
        this.width = Map.of(Lane.END, 1, Lane.LAUNCH, launches, Lane.LOOK, 1);
    }

    /** True if a call may be made in the lane. */
    boolean free(Lane lane) {
        return open.getOrDefault(lane, 0) < width.getOrDefault(lane, 1);
    }

    /** Makes a call; {@code then} is run by {@link #takeIn()}. */
    <T> void call(Lane lane, Supplier<T> call, Consumer<Answer<T>> then) {
        open.merge(lane, 1, Integer::sum);
        executor.execute(
                () -> {
                    Answer<T> answer = answer(call);
                    answers.add(
                            () -> {
                                open.merge(lane, -1, Integer::sum);
                                then.accept(answer);
                            });
                    changed.run();
                });
    }

    /** Takes in what was answered. */
    void takeIn() {
        for (Runnable one = answers.poll(); one != null; one = answers.poll()) {
            one.run();
        }
    }

    private static <T> Answer<T> answer(Supplier<T> call) {
        try {
            return new Answer.Value<>(call.get());
        } catch (PlatformException e) {
            return new Answer.Failure<>(e);
        } catch (RuntimeException e) {
            return new Answer.Failure<>(
                    new PlatformException(PlatformException.Kind.UNKNOWN, e.toString(), e));
        }
    }
}
