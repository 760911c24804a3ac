package io.scalable.provider.cloud.gcp;

import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions that block, one at a time, on another thread; what they answer is taken in by the
 * thread that owns this.
 */
final class Answers implements AutoCloseable {

    /** An answer, or why there is none. */
    record Answer<T>(@Nullable T found, @Nullable GoogleException trouble) {

        /** What was answered; there must be no trouble. */
        T value() {
            if (found == null) {
                throw new IllegalStateException("no answer", trouble);
            }
            return found;
        }
    }

    private final Executor executor;
    private final Runnable changed;
    private final Runnable closed;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private boolean asking;
    private boolean over;

    /**
     * @param executor puts the questions, one at a time
     * @param changed called by the executor when there is news
     * @param closed called when this is closed
     */
    Answers(Executor executor, Runnable changed, Runnable closed) {
        this.executor = executor;
        this.changed = changed;
        this.closed = closed;
    }

    /** With a thread of its own. */
    static Answers onThread(String name, Runnable changed, Runnable closed) {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
        return new Answers(
                thread,
                changed,
                () -> {
                    thread.shutdownNow();
                    closed.run();
                });
    }

    /** True while a question is being asked, or its answer has not been taken in. */
    boolean asking() {
        return asking;
    }

    /** Takes in what was answered. */
    void takeIn() {
        for (Runnable one = news.poll(); one != null; one = news.poll()) {
            one.run();
        }
    }

    /** Asks one thing; nothing, once this is closed. */
    <T> void ask(Supplier<T> question, Consumer<Answer<T>> then) {
        if (over) {
            return;
        }
        asking = true;
        executor.execute(
                () -> {
                    Answer<T> answer = answer(question);
                    news.add(
                            () -> {
                                asking = false;
                                then.accept(answer);
                            });
                    changed.run();
                });
    }

    /** Asks the same of several, all at a time; each has its answer under its key. */
    <S, T> void askAll(
            Map<String, S> subjects,
            Function<S, T> question,
            Consumer<Map<String, Answer<T>>> then) {
        ask(
                () -> all(subjects, question),
                answer -> {
                    GoogleException trouble = answer.trouble();
                    var each = new LinkedHashMap<String, Answer<T>>();
                    for (String key : subjects.keySet()) {
                        Answer<T> one = trouble == null ? answer.value().get(key) : null;
                        each.put(key, one == null ? new Answer<>(null, lost(trouble)) : one);
                    }
                    then.accept(each);
                });
    }

    @Override
    public void close() {
        over = true;
        closed.run();
    }

    private static <S, T> Map<String, Answer<T>> all(
            Map<String, S> subjects, Function<S, T> question) {
        var asked = new LinkedHashMap<String, Future<Answer<T>>>();
        var answers = new LinkedHashMap<String, Answer<T>>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            subjects.forEach(
                    (key, subject) ->
                            asked.put(
                                    key, each.submit(() -> answer(() -> question.apply(subject)))));
        }
        asked.forEach((key, future) -> answers.put(key, future.resultNow()));
        return answers;
    }

    private static GoogleException lost(@Nullable GoogleException trouble) {
        return trouble == null
                ? new GoogleException(Kind.UNAVAILABLE, "the question was not put", null)
                : trouble;
    }

    private static <T> Answer<T> answer(Supplier<T> question) {
        try {
            return new Answer<>(question.get(), null);
        } catch (GoogleException e) {
            return new Answer<>(null, e);
        } catch (RuntimeException e) {
            return new Answer<>(null, new GoogleException(Kind.UNAVAILABLE, e.toString(), e));
        }
    }
}
