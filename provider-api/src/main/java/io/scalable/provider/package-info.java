/** To be filled. */
@NullMarked
package io.scalable.provider;

import org.jspecify.annotations.NullMarked;
