/**
 * Workers as tasks of Amazon ECS, on Fargate or on a cluster's own instances.
 *
 * <p>Threading: a provider and its backends are used by the host's thread; calls of AWS run on one
 * thread per deployment, and what they answer is taken in by the next {@code observe()}. {@link
 * io.scalable.provider.cloud.aws.TaskTable} and all that it decides by are pure.
 *
 * <p>Invariants: one worker is one RunTask call with a client token of its own; a call without an
 * answer is repeated word for word, with its token, before anything else is tried for that worker.
 * A token is used again only for the same request. What AWS does not say is unknown, never failed.
 */
@NullMarked
package io.scalable.provider.cloud.aws;

import org.jspecify.annotations.NullMarked;
