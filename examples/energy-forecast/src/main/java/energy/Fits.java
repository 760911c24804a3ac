package energy;

import java.util.List;

/**
 * All scenarios of one source, as one argument.
 *
 * @param source the source's name
 * @param fits its scenarios, of any models
 */
public record Fits(String source, List<Fit> fits) {
    public Fits {
        fits = List.copyOf(fits);
    }
}
