package io.scalable.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public static method as a task that workers may call; a worker calls nothing that is not
 * marked.
 *
 * <p>Parameters are bound by position from JSON: first the item (or the submitted argument), then,
 * if the task {@code needs} others, their results as a {@code List} in item order (a {@code Map} of
 * such lists by task name where it needs several). A parameter of type {@link TaskContext} may
 * stand anywhere. The returned value becomes the result, as JSON.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {}
