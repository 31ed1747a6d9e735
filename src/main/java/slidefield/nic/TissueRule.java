package slidefield.nic;

import java.util.Arrays;
import java.util.Locale;
import slidefield.io.InputException;

/** Which patches of a slide are encoded; the others get a code of zeros. The thresholds are those of the authors' code. */
public enum TissueRule {
    /** More than 0.6 of the patch is tissue ({@link slidefield.slide.Tissue}). */
    MASK,
    /** The mean of all its values is below 245 of 255. */
    INTENSITY,
    /** All of them. */
    ALL;

    /** Share of a patch over which it is tissue. */
    static final double LEAST_TISSUE = 0.6;

    /** Mean intensity, of 255, from which on a patch is background. */
    static final double BACKGROUND = 245;

    /** As options name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InputException if no rule is called so */
    public static TissueRule of(String text) {
        return Arrays.stream(values())
                .filter(rule -> rule.text().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "the tissue rule must be mask, intensity or all, got '" + text + "'"));
    }
}
