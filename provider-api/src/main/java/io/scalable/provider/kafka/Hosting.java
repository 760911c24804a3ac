package io.scalable.provider.kafka;

import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.platform.ReportedWorkers;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ProviderLoop} hosts.
 *
 * @param providers makes the providers; its argument is to be run, on any thread, when something
 *     has changed
 * @param reported is told what workers say of themselves; null if no provider needs it
 */
public record Hosting(
        Function<Runnable, List<DeploymentProvider>> providers,
        @Nullable ReportedWorkers reported) {}
