/** To be filled. */
@NullMarked
package io.scalable.planning;

import org.jspecify.annotations.NullMarked;
