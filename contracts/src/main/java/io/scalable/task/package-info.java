/**
 * What a user's own code compiles against: the {@link io.scalable.task.Task} annotation and the
 * context a running task may ask for. Nothing else of Scalable is visible to a task's class loader.
 */
@NullMarked
package io.scalable.task;

import org.jspecify.annotations.NullMarked;
