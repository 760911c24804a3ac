package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a worker's pod is. */
sealed interface PodState {

    /** To be created; {@code unsure} if an earlier attempt may have done it. */
    record Ordered(LaunchOrder order, @Nullable String reason, boolean unsure)
            implements PodState {}

    /** The API server is being asked. */
    record Creating(LaunchOrder order) implements PodState {}

    /** Created, and not seen yet; {@code uid} is null if it was there already. */
    record Created(LaunchOrder order, @Nullable String uid, Instant at) implements PodState {}

    /** It is there; {@code end} is null while it has not ended. */
    record Seen(Pod pod, @Nullable PodEnd end) implements PodState {}

    /** It is not there any more, or never was. */
    record Gone(PodEnd end) implements PodState {}
}
