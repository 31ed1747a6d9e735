package slidefield.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.fit.Settings;
import slidefield.io.InputException;

/**
 * Changes of an experiment's options, {@code key=value} each. A key of a group begins with its name and a dot, such as
 * {@code patch.training.epochs} or {@code unet.network.base}; all other keys are those of a field's {@link Settings}, such as {@code ito.epochs}.
 *
 * @param all as given
 */
public record Changes(List<String> all) {
    /** Nothing is changed. */
    public static final Changes NONE = new Changes(List.of());

    /** The group of options of all patch networks. */
    static final String PATCH = "patch";

    /** The group of options of U-Nets. */
    static final String UNET = "unet";

    /** The group of options of TransUNet. */
    static final String TRANSUNET = "transunet";

    /** The group of options of multi-resolution U-Nets. */
    static final String MRN = "mrn";

    /** The group of options of the per-level sweep. */
    static final String SWEEP = "sweep";

    /** The group of options of all networks of plain images. */
    static final String IMAGES = "images";

    /** The group of options of SwIPE. */
    static final String SWIPE = "swipe";

    /** SwIPE's rivals besides the U-Net, each a group of options. */
    static final List<String> RIVALS = List.of("pranet", "res2unet", "ossnet", "iosnet");

    /** The group of options of all encoders of patches. */
    static final String ENCODERS = "encoders";

    /** The encoders of patches, each a group of options. */
    static final List<String> EACH_ENCODER = List.of("vae", "contrastive", "bigan", "supervised");

    /** The group of options of the small network that judges codes. */
    static final String PROBE = "probe";

    /** The group of options of networks of compressed slides. */
    static final String SLIDES = "slides";

    /** The group of options of synthetic images. */
    static final String SYNTHETIC = "synthetic";

    private static final Set<String> GROUPS = Stream.of(
                    List.of(PATCH, UNET, TRANSUNET, MRN, SWEEP, IMAGES, SWIPE),
                    RIVALS,
                    List.of(ENCODERS, PROBE, SLIDES, SYNTHETIC),
                    EACH_ENCODER)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    public Changes {
        all = all.stream().map(String::strip).toList();
    }

    private static boolean isOf(String change, String group) {
        return change.startsWith(group + ".");
    }

    /** Some groups' changes, without the groups' names, one group after the other. */
    List<String> of(String... groups) {
        return Arrays.stream(groups)
                .flatMap(group -> all.stream()
                        .filter(change -> isOf(change, group))
                        .map(change -> change.substring(group.length() + 1)))
                .toList();
    }

    /** The changes that belong to no group. */
    private List<String> ofField() {
        return all.stream()
                .filter(change -> GROUPS.stream().noneMatch(group -> isOf(change, group)))
                .toList();
    }

    /**
     * A field's settings with these changes.
     *
     * @throws InputException as {@link Settings#with(List)}
     */
    Settings on(Settings settings) {
        return settings.with(ofField());
    }

    /**
     * Refuses changes of what an experiment does not have.
     *
     * @param experiment its name
     * @param field whether it trains fields
     * @param groups it has
     * @throws InputException if a change would do nothing; names it
     */
    void require(String experiment, boolean field, Set<String> groups) {
        for (String change : all) {
            boolean known = GROUPS.stream().anyMatch(group -> isOf(change, group))
                    ? groups.stream().anyMatch(group -> isOf(change, group))
                    : field;
            if (!known) {
                String allowed = groups.stream().sorted().map(g -> g + ".*").collect(Collectors.joining(", "));
                throw new InputException("--set " + change + " would change nothing in " + experiment + "; it has "
                        + (field ? "a field's options" + (allowed.isEmpty() ? "" : " and ") : "") + allowed);
            }
        }
    }
}
