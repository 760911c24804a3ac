/** Yearly series in gigawatt-hours: points, bands, histories and where they are read. Immutable. */
@NullMarked
package energy.data;

import org.jspecify.annotations.NullMarked;
