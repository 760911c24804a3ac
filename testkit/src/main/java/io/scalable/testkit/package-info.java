/** What tests share: builders of contract records and the architecture's rules. */
@NullMarked
package io.scalable.testkit;

import org.jspecify.annotations.NullMarked;
