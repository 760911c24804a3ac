package io.scalable.provider.cloud.kubernetes;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has others do what blocks, and brings what came of it back to the one thread that owns the
 * matter. Only {@link #tell} may be called by any thread.
 */
final class Errands {

    private static final System.Logger LOG = System.getLogger(Errands.class.getName());

    private final ExecutorService executor;
    private final Runnable changed;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private int open;

    /**
     * @param executor runs what blocks
     * @param changed called when there is news, by any thread
     */
    Errands(ExecutorService executor, Runnable changed) {
        this.executor = executor;
        this.changed = changed;
    }

    /** Questions without an answer so far. */
    int open() {
        return open;
    }

    /** Asks; one of the two is called by the owner's thread when it takes in the news. */
    <T> void ask(Supplier<T> question, Consumer<T> answered, Consumer<ApiProblem> complained) {
        open++;
        run(
                () -> {
                    Runnable answer = answer(question, answered, complained);
                    tell(
                            () -> {
                                open--;
                                answer.run();
                            });
                });
    }

    /** Something that blocks and whose end nobody waits for. */
    void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closed: nothing more is asked", e);
        }
    }

    /** News for the owner's thread. */
    void tell(Runnable one) {
        news.add(one);
        changed.run();
    }

    /** Takes the news in. */
    void takeIn() {
        for (Runnable one = news.poll(); one != null; one = news.poll()) {
            one.run();
        }
    }

    /** Takes no more errands, and waits a little for those that are out. */
    void close(Duration patience) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static <T> Runnable answer(
            Supplier<T> question, Consumer<T> answered, Consumer<ApiProblem> complained) {
        try {
            T result = question.get();
            return () -> answered.accept(result);
        } catch (ApiException e) {
            return () -> complained.accept(e.problem());
        } catch (RuntimeException e) {
            var problem =
                    new ApiProblem(
                            ApiProblem.Kind.UNAVAILABLE,
                            e.getMessage() == null ? e.toString() : e.getMessage());
            return () -> complained.accept(problem);
        }
    }
}
