/** The port through which large payloads travel by reference. */
@NullMarked
package io.scalable.contracts.storage;

import org.jspecify.annotations.NullMarked;
