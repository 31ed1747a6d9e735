package slidefield.experiment;

import slidefield.data.SlideEntry;

/**
 * A slide with the prediction of a network that never saw it.
 *
 * @param slide with its label
 * @param score a probability, or the predicted number
 */
record HeldOutSlide(SlideEntry slide, double score) {
    /** @throws IllegalArgumentException if the score is no finite number */
    HeldOutSlide {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("the score of slide " + slide.name() + " is " + score);
        }
    }
}
