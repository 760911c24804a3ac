/**
 * What the backends that reach a platform over its commands or its API share: the {@link
 * io.scalable.provider.platform.Platform} port below, one {@link
 * io.scalable.provider.platform.WorkerTable} with every state of a worker, one {@link
 * io.scalable.provider.platform.LaunchPace}, lanes for calls that block, and one listing for all
 * deployments of a platform. {@link io.scalable.provider.platform.PlatformBackend} puts them
 * together.
 *
 * <p>Threading: calls of a platform block and are made by threads of their own; everything else is
 * done by the host's thread.
 */
@NullMarked
package io.scalable.provider.platform;

import org.jspecify.annotations.NullMarked;
