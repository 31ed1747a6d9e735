package slidefield.swipe;

import java.util.List;

/**
 * Sizes and switches of SwIPE's decoders {@link PatchDecoder} and {@link ImageDecoder}.
 *
 * @param patchLayers widths of the hidden layers of D^P, at least two; the released model has 256, 256, 256
 * @param imageLayers widths of the hidden layers of D^I, at least two; the released model has 256, 128
 * @param dropout rate after the first two layers of D^P in training, in [0, 1); the released model has 0.1
 * @param fourier whether D^P also sees 24 Fourier features of p^P, as in the released code; the paper has none
 * @param image whether there is a D^I at all (Table 3)
 * @param global whether D^P sees p^I and z^I (Table 3)
 * @param source whether D^P sees p^S, the point's place in the image that the input was cut from: in the paper, but not
 *     in the released 2-D model
 */
public record DecoderOptions(
        List<Integer> patchLayers,
        List<Integer> imageLayers,
        double dropout,
        boolean fourier,
        boolean image,
        boolean global,
        boolean source) {
    /** @throws IllegalArgumentException naming what does not fit */
    public DecoderOptions {
        requireLayers(patchLayers, "layers of the patch decoder");
        requireLayers(imageLayers, "layers of the image decoder");
        SwipeOptions.require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        patchLayers = List.copyOf(patchLayers);
        imageLayers = List.copyOf(imageLayers);
    }

    private static void requireLayers(List<Integer> layers, String what) {
        SwipeOptions.require(layers != null && layers.size() >= 2, what, "two or more", layers);
        SwipeOptions.requireNumbers(layers, layers.size(), 1, 8192, what, "widths");
    }

    /** @return the released 2-D model's */
    public static DecoderOptions released() {
        return new DecoderOptions(List.of(256, 256, 256), List.of(256, 128), 0.1, true, true, true, false);
    }

    /**
     * @param on whether there is a D^I
     * @return the same otherwise
     */
    public DecoderOptions withImage(boolean on) {
        return new DecoderOptions(patchLayers, imageLayers, dropout, fourier, on, global, source);
    }

    /**
     * @param on whether D^P sees p^I and z^I
     * @return the same otherwise
     */
    public DecoderOptions withGlobal(boolean on) {
        return new DecoderOptions(patchLayers, imageLayers, dropout, fourier, image, on, source);
    }

    /**
     * @param on whether D^P sees p^S
     * @return the same otherwise
     */
    public DecoderOptions withSource(boolean on) {
        return new DecoderOptions(patchLayers, imageLayers, dropout, fourier, image, global, on);
    }

    /**
     * @param on whether D^P sees Fourier features of p^P
     * @return the same otherwise
     */
    public DecoderOptions withFourier(boolean on) {
        return new DecoderOptions(patchLayers, imageLayers, dropout, on, image, global, source);
    }
}
