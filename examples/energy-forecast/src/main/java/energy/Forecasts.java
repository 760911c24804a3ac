package energy;

import java.util.List;

/**
 * Everything a chart shows, as one argument.
 *
 * @param title the headline
 * @param sources one panel each, in this order
 */
public record Forecasts(String title, List<SourceForecast> sources) {
    public Forecasts {
        sources = List.copyOf(sources);
    }
}
