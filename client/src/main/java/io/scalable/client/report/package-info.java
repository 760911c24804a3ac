/** What a run folder tells afterwards, as text and as JSON. Values without I/O. */
@NullMarked
package io.scalable.client.report;

import org.jspecify.annotations.NullMarked;
