/**
 * What every provider needs to start a worker process: its settings, its files, its JVM.
 *
 * <p>Pure but for {@link io.scalable.provider.worker.WorkerFiles}, which is used by one thread.
 */
@NullMarked
package io.scalable.provider.worker;

import org.jspecify.annotations.NullMarked;
