package energy;

import energy.data.Point;
import energy.model.Score;
import java.util.List;

/**
 * What one scenario came to.
 *
 * @param source the source's name
 * @param model the model's name
 * @param scenario the scenario's number
 * @param scores the back-test by horizon; errors in GWh
 * @param path one possible future, year by year
 */
public record Fit(String source, String model, int scenario, List<Score> scores, List<Point> path) {
    public Fit {
        scores = List.copyOf(scores);
        path = List.copyOf(path);
    }
}
