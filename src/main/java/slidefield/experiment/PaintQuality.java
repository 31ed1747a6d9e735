package slidefield.experiment;

import java.awt.image.BufferedImage;
import slidefield.fit.Plane;
import slidefield.fit.Prediction;
import slidefield.score.Psnr;

/**
 * How well a slide was painted, apart for what is large and what is small: every tissue block of {@value #BLOCK} x
 * {@value #BLOCK} pixels is split into its mean colour, the structure, and what is left, the detail.
 *
 * @param psnr of all, in dB
 * @param structure PSNR of the blocks' mean colours, in dB
 * @param detail share of the detail's variance that the paint explains: 1 if it is right, 0 for paint without
 *     detail, below 0 for wrong detail
 */
record PaintQuality(double psnr, double structure, double detail) {
    /** About two nuclei at 1 um per pixel. */
    static final int BLOCK = 16;

    /** Blocks with less tissue than this say little. */
    private static final double LEAST_TISSUE = 0.5;

    /**
     * Compares the paint with the slide.
     *
     * @param prediction with colours
     * @param plane the slide at the same resolution
     */
    static PaintQuality of(Prediction prediction, Plane plane) {
        BufferedImage paint = prediction.reconstruction();
        Psnr structure = new Psnr(1);
        double error = 0;
        double variance = 0;
        float[] truth = new float[3 * BLOCK * BLOCK];
        float[] painted = new float[3 * BLOCK * BLOCK];
        for (int y = 0; y + BLOCK <= plane.height(); y += BLOCK) {
            for (int x = 0; x + BLOCK <= plane.width(); x += BLOCK) {
                if (plane.tissue(x, y, BLOCK, BLOCK) < LEAST_TISSUE) {
                    continue;
                }
                plane.rgb(x, y, BLOCK, BLOCK, truth);
                read(paint, x, y, painted);
                float[] trueMean = takeMean(truth);
                structure.add(takeMean(painted), trueMean);
                for (int i = 0; i < truth.length; i++) {
                    error += (double) (painted[i] - truth[i]) * (painted[i] - truth[i]);
                    variance += (double) truth[i] * truth[i];
                }
            }
        }
        return new PaintQuality(prediction.psnr(), structure.decibels(), 1 - error / variance);
    }

    private static void read(BufferedImage image, int x, int y, float[] into) {
        int[] samples = image.getRaster().getPixels(x, y, BLOCK, BLOCK, (int[]) null);
        for (int i = 0; i < into.length; i++) {
            into[i] = samples[i] / 255f;
        }
    }

    /** The mean colour of a block, which is taken off it. */
    private static float[] takeMean(float[] block) {
        float[] mean = new float[3];
        for (int i = 0; i < block.length; i++) {
            mean[i % 3] += block[i] / (BLOCK * BLOCK);
        }
        for (int i = 0; i < block.length; i++) {
            block[i] -= mean[i % 3];
        }
        return mean;
    }
}
