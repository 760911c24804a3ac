/** Words for a POSIX shell. Pure. */
@NullMarked
package io.scalable.provider.shell;

import org.jspecify.annotations.NullMarked;
