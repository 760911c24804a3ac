package energy;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;

import energy.model.Score;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Weighs models by what their back-tests are worth (Bates and Granger, 1969). */
final class Skill {

    private Skill() {}

    /**
     * Weights in inverse proportion to the squared mean MASE over scenarios and horizons, the
     * largest first.
     */
    static List<ModelWeight> weigh(List<Fit> fits) {
        var errors =
                fits.stream()
                        .collect(
                                groupingBy(
                                        Fit::model,
                                        TreeMap::new,
                                        flatMapping(
                                                fit -> fit.scores().stream(),
                                                averagingDouble(Score::mase))));
        double sum = errors.values().stream().mapToDouble(Skill::merit).sum();
        return errors.entrySet().stream()
                .map(e -> new ModelWeight(e.getKey(), e.getValue(), merit(e.getValue()) / sum))
                .sorted(Comparator.comparingDouble(ModelWeight::weight).reversed())
                .toList();
    }

    private static double merit(double error) {
        return 1 / Math.max(error * error, 1e-6);
    }
}
