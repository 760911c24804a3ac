/** To be filled. */
@NullMarked
package io.scalable.testkit;

import org.jspecify.annotations.NullMarked;
