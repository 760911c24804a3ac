/**
 * Programs that measure: {@link TaskPath} the task path as a user sees it, {@link Planning} the
 * planner alone. Run them with {@code benchmarks/task-path} and {@code benchmarks/planning}.
 */
@NullMarked
package io.scalable.benchmarks;

import org.jspecify.annotations.NullMarked;
