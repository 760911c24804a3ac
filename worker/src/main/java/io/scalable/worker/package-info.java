/** To be filled. */
@NullMarked
package io.scalable.worker;

import org.jspecify.annotations.NullMarked;
