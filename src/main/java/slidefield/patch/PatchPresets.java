package slidefield.patch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slidefield.io.InputException;
import slidefield.nn.Precision;

/** The presets by network and size. */
final class PatchPresets {
    private static final String TEACHING = "teaching";
    private static final String PAPER = "paper";

    private static final Augmentation VARIED = new Augmentation(true, true, 0.1, 0.05);
    private static final StitchingOptions STITCHED = new StitchingOptions(0.25, StitchingOptions.Borders.BLEND, 4);

    /** Networks of each size: minutes on two cores, and the papers'. */
    private static final Map<String, Map<String, PatchSettings>> ALL = new TreeMap<>(Map.of(
            "unet",
            Map.of(
                    TEACHING, teaching(new UNetOptions(16, 5, false, false), 1e-3),
                    PAPER, wsiInr(UNetOptions.wsiInr())),
            "mrn-unet",
            Map.of(
                    TEACHING, teaching(new UNetOptions(8, 4, true, true), 1e-3),
                    PAPER, mrn(UNetOptions.mrn(16))),
            "mrn-bilinear",
            Map.of(
                    TEACHING, teaching(new MultiResolutionOptions(8, 4, 4, Upscaling.BILINEAR), 1e-3),
                    PAPER, mrn(MultiResolutionOptions.mrn(16, Upscaling.BILINEAR))),
            "mrn-transposed",
            Map.of(
                    TEACHING, teaching(new MultiResolutionOptions(8, 4, 4, Upscaling.TRANSPOSED), 1e-3),
                    PAPER, mrn(MultiResolutionOptions.mrn(16, Upscaling.TRANSPOSED))),
            "transunet",
            Map.of(
                    TEACHING, teaching(TransUNetOptions.small(128), 5e-4),
                    PAPER, transUNet(TransUNetOptions.r50VitB16(224)))));

    private PatchPresets() {}

    static List<String> networks() {
        return List.copyOf(ALL.keySet());
    }

    static PatchSettings of(String network, String size) {
        Map<String, PatchSettings> sizes = ALL.get(network);
        if (sizes == null) {
            throw new InputException(
                    "unknown network '" + network + "'; choose one of " + String.join(", ", networks()));
        }
        PatchSettings found = sizes.get(size);
        if (found == null) {
            throw new InputException("unknown preset '" + size + "' of " + network + "; choose one of "
                    + String.join(", ", new TreeMap<>(sizes).keySet()));
        }
        return found;
    }

    private static PatchSettings settings(
            String preset, NetworkOptions network, PatchOptions patches, PatchTrainingOptions training) {
        return new PatchSettings(preset, 0, Precision.F32, network, patches, VARIED, training, STITCHED);
    }

    /** A few minutes of training on two cores. */
    private static PatchSettings teaching(NetworkOptions network, double rate) {
        return settings(
                TEACHING,
                network,
                new PatchOptions(128, 1, 0.5, 48, 0.2),
                new PatchTrainingOptions(
                        8,
                        30,
                        12,
                        PatchTrainingOptions.Optimiser.ADAM,
                        rate,
                        PatchTrainingOptions.Decay.COSINE,
                        0.1,
                        0.9,
                        0.999,
                        1e-5,
                        PatchLoss.BCE_DICE));
    }

    /** The size of WSI-INR's baseline; how it was trained is not stated. */
    private static PatchSettings wsiInr(NetworkOptions network) {
        return settings(
                PAPER,
                network,
                new PatchOptions(512, 1, 0.5, 200, 0.2),
                new PatchTrainingOptions(
                        8,
                        200,
                        100,
                        PatchTrainingOptions.Optimiser.ADAM,
                        1e-3,
                        PatchTrainingOptions.Decay.COSINE,
                        0.01,
                        0.9,
                        0.999,
                        1e-5,
                        PatchLoss.BCE_DICE));
    }

    /**
     * Gu et al. 2018, section 4: 512-pixel patches, batches of 16, Adam at 0.001, lambda 0.005, at most 500 epochs. An
     * epoch's steps, sampling and augmentation are not stated.
     */
    private static PatchSettings mrn(NetworkOptions network) {
        return settings(
                PAPER,
                network,
                new PatchOptions(512, 1, 0.5, 320, 0.2),
                new PatchTrainingOptions(
                        16,
                        200,
                        500,
                        PatchTrainingOptions.Optimiser.ADAM,
                        1e-3,
                        PatchTrainingOptions.Decay.COSINE,
                        1,
                        0.9,
                        0.999,
                        0.005,
                        PatchLoss.BCE));
    }

    /** As its authors train it: SGD at 0.01 with polynomial decay, momentum 0.9, batches of 24, their loss. */
    private static PatchSettings transUNet(NetworkOptions network) {
        return settings(
                PAPER,
                network,
                new PatchOptions(224, 1, 0.5, 240, 0.2),
                new PatchTrainingOptions(
                        24,
                        100,
                        150,
                        PatchTrainingOptions.Optimiser.SGD,
                        0.01,
                        PatchTrainingOptions.Decay.POLYNOMIAL,
                        0,
                        0.9,
                        0.999,
                        1e-4,
                        PatchLoss.TRANSUNET));
    }
}
