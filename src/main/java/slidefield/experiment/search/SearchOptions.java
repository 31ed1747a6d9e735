package slidefield.experiment.search;

import java.nio.file.Path;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.io.InputException;

/**
 * What a search is.
 *
 * @param manifest its training split trains
 * @param manifestFile where it was read from: its slides may lie beside it
 * @param out where trials and results are kept
 * @param base what is not searched
 * @param space which points are tried
 * @param seed of the random draws; a trial's own seed is a setting
 * @param split scored: validation or test; null for validation where the manifest has it, else test
 * @param optimisation where slides are fitted
 * @param parallel trials side by side, each in a process of its own; 0 for as many as cores and memory allow
 */
public record SearchOptions(
        Manifest manifest,
        Path manifestFile,
        Path out,
        Settings base,
        SearchSpace space,
        long seed,
        Split split,
        Optimisation optimisation,
        int parallel) {
    /** @throws InputException if the scored split is the one that trains */
    public SearchOptions {
        if (split == Split.TRAIN) {
            throw new InputException("slides that train are not scored; choose validation or test");
        }
        if (parallel < 0) {
            throw new InputException(
                    "expected a number of trials side by side, or 0 for as many as fit, found " + parallel);
        }
    }

    /** A search that scores validation slides, fitted at Base, with as many processes as fit. */
    public static SearchOptions of(Manifest manifest, Path manifestFile, Path out, Settings base, SearchSpace space) {
        return new SearchOptions(manifest, manifestFile, out, base, space, 0, null, Optimisation.BASE, 0);
    }
}
