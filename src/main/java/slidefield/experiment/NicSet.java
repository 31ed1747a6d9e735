package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideScores;

/**
 * The sets of CAMELYON16 slides that Neural Image Compression is scored on (Tellez et al. 2019, section 4.4). Slides are
 * labelled {@value #NEGATIVE}, {@value #MICRO} or {@value #MACRO_LABEL}.
 *
 * <p>The paper's Macro set "used the same WSIs as in Test but considering only those that presented a macro metastasis as
 * positive labels": read to the letter, slides with nothing but micro-metastases stay and count as negative. Its Table 2
 * agrees: two encoders have a smaller area on Macro than on Test, which would otherwise mean that they find
 * micro-metastases more easily than macro-metastases. The other reading, which leaves those slides out, is {@link
 * #MACRO_WITHOUT_MICRO}.
 */
enum NicSet {
    /** All slides, each predicted in the round that held it out. */
    ALL("All"),
    /** Those of the official test set. */
    TEST("Test"),
    /** Those of the official test set; only macro-metastases are positive. */
    MACRO("Macro"),
    /** Those of the official test set that hold a macro-metastasis or none. */
    MACRO_WITHOUT_MICRO("Macro without micro");

    static final String NEGATIVE = "negative";
    static final String MICRO = "micro";
    static final String MACRO_LABEL = "macro";

    private final String title;

    NicSet(String title) {
        this.title = title;
    }

    /** Its column's heading. */
    String title() {
        return title;
    }

    /** Whether a slide belongs to it. */
    boolean holds(SlideEntry slide) {
        return this == ALL
                || slide.split() == Split.TEST
                        && !(this == MACRO_WITHOUT_MICRO && label(slide).equals(MICRO));
    }

    /** Whether a slide of it is positive. */
    boolean positive(SlideEntry slide) {
        return switch (this) {
            case ALL, TEST -> !label(slide).equals(NEGATIVE);
            case MACRO, MACRO_WITHOUT_MICRO -> label(slide).equals(MACRO_LABEL);
        };
    }

    private static String label(SlideEntry slide) {
        String label = slide.label();
        if (label == null || !List.of(NEGATIVE, MICRO, MACRO_LABEL).contains(label)) {
            throw new InputException("slide " + slide.name() + ": expected the label " + NEGATIVE + ", " + MICRO
                    + " or " + MACRO_LABEL + ", found " + (label == null ? "none" : "'" + label + "'"));
        }
        return label;
    }

    /**
     * The area under the ROC curve of its slides.
     *
     * @param manifest of the slides, with their labels
     * @param predictions of held-out ones, each the probability of a metastasis
     * @return NaN where its positive or negative slides are missing
     * @throws InputException if a slide is not in the manifest or has no such label
     */
    double auc(Manifest manifest, List<SlidePrediction> predictions) {
        List<SlidePrediction> held = new ArrayList<>();
        for (SlidePrediction one : predictions) {
            SlideEntry slide = manifest.slide(one.name());
            if (holds(slide)) {
                held.add(new SlidePrediction(one.name(), positive(slide) ? 1 : 0, one.values()));
            }
        }
        return SlideScores.auc(held);
    }
}
