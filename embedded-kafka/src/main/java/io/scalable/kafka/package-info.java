/** To be filled. */
@NullMarked
package io.scalable.kafka;

import org.jspecify.annotations.NullMarked;
