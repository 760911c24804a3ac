package io.scalable.worker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link PosixSpawn} once it pays: to make it takes as long as it saves in some hundred commands,
 * so the first ones go without, and it is made beside them. Thread-safe.
 */
final class PreparedSpawn implements Supplier<Optional<PosixSpawn>> {

    private static final int WITHOUT = 50;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable CompletableFuture<Optional<PosixSpawn>> made;

    /** Empty for the first commands, while it is being made, and where it cannot be used. */
    @Override
    public Optional<PosixSpawn> get() {
        if (asked.incrementAndGet() == WITHOUT) {
            made = CompletableFuture.supplyAsync(PosixSpawn::here);
        }
        CompletableFuture<Optional<PosixSpawn>> known = made;
        return known == null ? Optional.empty() : known.getNow(Optional.empty());
    }
}
