package io.scalable.client.host;

import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchedWorkers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one cloud lists, as all backends tell it.
 *
 * @param <T> what the cloud calls a worker
 * @param listing those that have not ended
 * @param view one of them
 * @param ending ends some
 * @param closing lets go of the cloud
 * @param seen the last listing, by handle
 */
record CloudWorkers<T>(
        Supplier<List<T>> listing,
        Function<T, LaunchedWorker> view,
        Consumer<List<T>> ending,
        Runnable closing,
        Map<String, T> seen)
        implements LaunchedWorkers {

    CloudWorkers(
            Supplier<List<T>> listing,
            Function<T, LaunchedWorker> view,
            Consumer<List<T>> ending,
            Runnable closing) {
        this(listing, view, ending, closing, new LinkedHashMap<>());
    }

    @Override
    public List<LaunchedWorker> alive() {
        return answered(
                () -> {
                    seen.clear();
                    listing.get().forEach(worker -> seen.put(view.apply(worker).handle(), worker));
                    return seen.values().stream().map(view).toList();
                });
    }

    @Override
    public void end(Collection<LaunchedWorker> workers) {
        List<T> doomed = workers.stream().map(worker -> seen.get(worker.handle())).toList();
        boolean unused =
                answered(
                        () -> {
                            ending.accept(doomed);
                            return true;
                        });
    }

    @Override
    public void close() {
        closing.run();
    }

    /** The clouds' own exceptions say what is wrong and what to do. */
    private static <R> R answered(Supplier<R> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new BackendUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
