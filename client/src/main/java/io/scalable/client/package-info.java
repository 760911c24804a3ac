/** To be filled. */
@NullMarked
package io.scalable.client;

import org.jspecify.annotations.NullMarked;
