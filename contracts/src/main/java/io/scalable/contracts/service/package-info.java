/** What services say of themselves. Immutable. */
@NullMarked
package io.scalable.contracts.service;

import org.jspecify.annotations.NullMarked;
