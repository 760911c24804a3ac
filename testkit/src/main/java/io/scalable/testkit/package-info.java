/** The rules of the architecture, for tests. */
@NullMarked
package io.scalable.testkit;

import org.jspecify.annotations.NullMarked;
