/**
 * Programs that measure the task path as a user sees it. Run them with {@code
 * benchmarks/task-path}.
 */
@NullMarked
package io.scalable.benchmarks;

import org.jspecify.annotations.NullMarked;
