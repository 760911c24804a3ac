/**
 * How a worker is started inside a container image, by whichever runtime there is. Every provider
 * that starts workers as processes uses this. Pure, but for the search for programs.
 */
@NullMarked
package io.scalable.provider.container;

import org.jspecify.annotations.NullMarked;
