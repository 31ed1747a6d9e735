package slidefield.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.patch.PatchSettings;

/**
 * What both of MRN's figures compare: U-Nets of one pixel size each, and multi-resolution U-Nets with either way of
 * scaling up. All answer at Base; coarser maps are magnified.
 *
 * @param context with a validation split
 * @param networks settings by name
 */
record MrnSetup(ExperimentContext<Manifest> context, Map<String, PatchSettings> networks) {
    /** Pixels of Base per pixel of a U-Net's input; in the paper 0.5, 1, 2 and 4 um. */
    private static final List<Integer> SCALES = List.of(1, 2, 4, 8);

    /**
     * @param given slides, size and changes
     * @param experiment name of the experiment
     * @throws InputException if a change would do nothing, or there are too few slides
     */
    static MrnSetup of(ExperimentContext<Manifest> given, String experiment) {
        given.changes().require(experiment, false, Set.of(Changes.PATCH, Changes.UNET, Changes.MRN));
        List<String> ofUnets = given.changes().of(Changes.PATCH, Changes.UNET);
        List<String> ofBoth = given.changes().of(Changes.PATCH, Changes.MRN);
        Map<String, PatchSettings> networks = new LinkedHashMap<>();
        for (int scale : SCALES) {
            networks.put(
                    unet(scale, given.manifest()),
                    PatchSizes.of("mrn-unet", given.size(), ofUnets).with("patches.scale", Integer.toString(scale)));
        }
        networks.put(MrnClaims.BILINEAR, PatchSizes.of("mrn-bilinear", given.size(), ofBoth));
        networks.put(MrnClaims.TRANSPOSED, PatchSizes.of("mrn-transposed", given.size(), ofBoth));
        return new MrnSetup(given.withManifest(validating(given.manifest())), networks);
    }

    /** By pixel size where that is known, else by how much coarser than Base. */
    private static String unet(int scale, Manifest manifest) {
        Double mpp = manifest.base().mpp();
        if (mpp == null) {
            return "U-Net at Base" + (scale == 1 ? "" : "/" + scale);
        }
        BigDecimal size = new BigDecimal(mpp * scale).round(new MathContext(3));
        return "U-Net " + size.stripTrailingZeros().toPlainString() + " mpp";
    }

    /** Names of the U-Nets, finest first. */
    List<String> unets() {
        return networks.keySet().stream().limit(SCALES.size()).toList();
    }

    /** The manifest with a validation split: its own, or one taken from its training slides. */
    static Manifest validating(Manifest manifest) {
        Manifest validating = manifest.withValidation();
        if (validating.split(Split.VALIDATION).isEmpty()) {
            throw new InputException(
                    "manifest " + manifest.name() + " has no slide with the split 'validation' and fewer"
                            + " than two training slides to take one from");
        }
        return validating;
    }

    /** The methods, U-Nets first. */
    List<Method> methods(Runs runs) {
        PatchRuns trained = new PatchRuns(context, runs);
        List<Method> methods = new ArrayList<>();
        networks.forEach((name, settings) -> methods.add(new PatchMethod(
                name,
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"),
                trained,
                settings,
                context.listener())));
        return methods;
    }

    /** For a report. */
    Origin origin(List<Split> scored) {
        List<String> sizes = new ArrayList<>();
        networks.forEach((name, settings) -> sizes.add(PatchSizes.text(name, settings)));
        return SlideOrigin.of(
                context, "CAMELYON16's training slides (80/20) and 128 test slides", "camelyon16-mrn", scored, sizes);
    }
}
