package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import slidefield.io.InputException;
import slidefield.slide.PhantomOptions;
import slidefield.slide.PyramidOptions;

/**
 * How a synthetic slide is drawn where its file is not there yet. Pixel size and seed are the entry's own.
 *
 * @param width pixels
 * @param height pixels
 * @param lesionFraction share of the tissue that lesions aim at; 0 for no lesion; null: the seed chooses
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Generate(int width, int height, Double lesionFraction) {
    /** Whether the slide holds no lesion. */
    boolean withoutLesions() {
        return lesionFraction != null && lesionFraction == 0;
    }

    /** @throws BadKeyException (an {@link InputException}) under the key {@code generate} if no slide can be like that */
    PhantomOptions options(double mpp, long seed) {
        try {
            return new PhantomOptions(width, height, mpp, seed, lesionFraction, PyramidOptions.jpeg());
        } catch (InputException impossible) {
            throw new BadKeyException("generate", impossible.getMessage());
        }
    }
}
