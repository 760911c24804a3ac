/** How the reasons of decisions are worded, in one place for all that decides. */
@NullMarked
package io.scalable.planning.reason;

import org.jspecify.annotations.NullMarked;
