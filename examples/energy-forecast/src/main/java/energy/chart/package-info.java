/** Draws fan charts as SVG text: panels side by side on one axis. Pure functions. */
@NullMarked
package energy.chart;

import org.jspecify.annotations.NullMarked;
