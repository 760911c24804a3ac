package io.scalable.client.inspect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has written.
 *
 * @param file where it writes; null where only its last lines are known
 * @param lastLines what it wrote before it failed; null where there is a file
 */
public record WorkerLog(@Nullable Path file, @Nullable String lastLines) {}
