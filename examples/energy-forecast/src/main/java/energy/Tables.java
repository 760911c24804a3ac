package energy;

import energy.data.Band;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forecasts as CSV. */
final class Tables {

    private static final String HEADER = "source,year,p05_gwh,p25_gwh,p50_gwh,p75_gwh,p95_gwh\n";

    private Tables() {}

    /** One row per source and year. */
    static String quantiles(List<SourceForecast> forecasts) {
        return forecasts.stream().flatMap(Tables::rows).collect(Collectors.joining("", HEADER, ""));
    }

    private static Stream<String> rows(SourceForecast forecast) {
        return forecast.bands().stream().map(band -> row(forecast.source(), band));
    }

    private static String row(String source, Band band) {
        return String.format(
                Locale.ROOT,
                "%s,%d,%.1f,%.1f,%.1f,%.1f,%.1f\n",
                source,
                band.year(),
                band.p5(),
                band.p25(),
                band.p50(),
                band.p75(),
                band.p95());
    }
}
