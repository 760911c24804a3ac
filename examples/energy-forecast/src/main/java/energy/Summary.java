package energy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import energy.Quantiles.Weighted;
import energy.data.Band;
import io.scalable.task.Task;
import io.scalable.task.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The task {@code summarise} of the pool {@code postprocess}. */
public final class Summary {

    private Summary() {}

    /**
     * Gathers the scenarios of one source, and writes its quantiles as CSV into the folder {@code
     * out} beside the manifest.
     *
     * @param item which source
     * @param fits the results of the tasks {@code forecast} of that source
     */
    @Task
    public static SourceForecast quantiles(Source item, List<Fit> fits, TaskContext context)
            throws IOException {
        var forecast = ofFits(new Fits(item.source(), fits));
        OutputFolder.of(context).write(item.source(), "csv", Tables.quantiles(List.of(forecast)));
        return forecast;
    }

    /** The same with one argument, for callers that gather themselves; writes nothing. */
    @Task
    public static SourceForecast ofFits(Fits input) {
        var fits = input.fits();
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("no scenarios of source '" + input.source() + "'");
        }
        var weights = Skill.weigh(fits);
        var bands = new ArrayList<Band>();
        samplesByYear(fits, weights)
                .forEach((year, sample) -> bands.add(band(year, new Quantiles(sample))));
        return new SourceForecast(input.source(), fits.size(), weights, bands);
    }

    /** Each path counts for its model's weight, shared by the paths of that model. */
    private static Map<Integer, List<Weighted>> samplesByYear(
            List<Fit> fits, List<ModelWeight> weights) {
        var paths = fits.stream().collect(groupingBy(Fit::model, counting()));
        var shares =
                weights.stream()
                        .collect(
                                toMap(
                                        ModelWeight::model,
                                        w -> w.weight() / paths.getOrDefault(w.model(), 1L)));
        var samples = new TreeMap<Integer, List<Weighted>>();
        for (var fit : fits) {
            double share = shares.getOrDefault(fit.model(), 0.0);
            for (var point : fit.path()) {
                samples.computeIfAbsent(point.year(), year -> new ArrayList<>())
                        .add(new Weighted(point.gwh(), share));
            }
        }
        return samples;
    }

    private static Band band(int year, Quantiles q) {
        return new Band(year, q.at(0.05), q.at(0.25), q.at(0.5), q.at(0.75), q.at(0.95));
    }
}
