/** To be filled. */
@NullMarked
package io.scalable.manifest;

import org.jspecify.annotations.NullMarked;
