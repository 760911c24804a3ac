package energy.chart;

import energy.data.Band;
import energy.data.Point;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One fan: what was, and what may come.
 *
 * @param title over the panel
 * @param note small, below the title
 * @param history the observed years in order, at least one
 * @param bands the forecast years in order, at least one, directly after the history
 */
public record Panel(String title, String note, List<Point> history, List<Band> bands) {
    public Panel {
        history = List.copyOf(history);
        bands = List.copyOf(bands);
        if (history.isEmpty() || bands.isEmpty()) {
            throw new IllegalArgumentException(
                    "panel '" + title + "' needs a history and a forecast");
        }
    }

    Point lastObserved() {
        return history.getLast();
    }

    Band lastBand() {
        return bands.getLast();
    }

    /** The largest value shown, GWh. */
    double largest() {
        return DoubleStream.concat(
                        history.stream().mapToDouble(Point::gwh),
                        bands.stream().mapToDouble(Band::p95))
                .max()
                .orElseThrow();
    }
}
