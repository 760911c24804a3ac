/** Workers on the wire: what they report, what they are told, and what providers say of them. */
@NullMarked
package io.scalable.contracts.worker;

import org.jspecify.annotations.NullMarked;
