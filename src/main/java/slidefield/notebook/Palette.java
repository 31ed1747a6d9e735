package slidefield.notebook;

import java.awt.Color;

/** The colours of every chart and overlay; both scales can be told apart by colour-blind readers. */
final class Palette {
    static final Color INK = new Color(0x333333);
    static final Color FAINT = new Color(0xE4E4E4);

    /** Categories: Okabe and Ito (2008), darkest contrasts first. */
    private static final Color[] SERIES = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x555555)
    };

    /** Viridis at nine even steps. */
    private static final int[] VIRIDIS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    private Palette() {}

    static Color[] series() {
        return SERIES.clone();
    }

    /**
     * @param value from 0 to 1; beyond is clamped
     * @return viridis, 0xRRGGBB
     */
    static int viridis(double value) {
        double at = Math.max(0, Math.min(1, value)) * (VIRIDIS.length - 1);
        int low = (int) Math.min(VIRIDIS.length - 2, Math.floor(at));
        double part = at - low;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = VIRIDIS[low] >> shift & 0xff;
            int to = VIRIDIS[low + 1] >> shift & 0xff;
            rgb |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return rgb;
    }

    static Color[] viridisSteps(int steps) {
        Color[] colors = new Color[steps];
        for (int i = 0; i < steps; i++) {
            colors[i] = new Color(viridis((double) i / (steps - 1)));
        }
        return colors;
    }
}
