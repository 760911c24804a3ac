/**
 * The Java SDK: a {@link io.scalable.client.ScalableSession} plans and starts a deployment, its
 * {@link io.scalable.client.ScalableClient} submits tasks and gathers results.
 *
 * <p>All public types are thread-safe unless they say otherwise. Tasks are method references to
 * annotated methods, sent by name; arguments and results are JSON, and nothing received is
 * deserialized in any other way.
 */
@NullMarked
package io.scalable.client;

import org.jspecify.annotations.NullMarked;
