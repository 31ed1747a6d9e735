package slidefield.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A lesion over an H and E image: the probability as a translucent colour map, the outlines of truth and prediction in
 * two colours. Every grid covers the whole image, at a resolution of its own.
 *
 * <pre>{@code
 * Show.image(Overlay.on(region).probability(p).truth(mask).prediction(p).withLegend());
 * }</pre>
 */
public final class Overlay {
    /** Cyan and yellow stand out from pink and purple, for colour-blind readers too. */
    static final Color TRUTH = new Color(0x00E5FF);

    static final Color PREDICTION = new Color(0xFFE100);
    private static final Color CASING = new Color(0x202020);
    private static final double FAINTEST = 0.04;
    private static final double OPAQUE = 0.5;
    private static final int LEGEND = 34;

    private final BufferedImage base;
    private Grid probability;
    private Grid truth;
    private Grid prediction;
    private double threshold = 0.5;

    private Overlay(BufferedImage base) {
        this.base = base;
    }

    /**
     * @param image the H and E image; it is not changed
     * @return an overlay with nothing on it yet
     */
    public static Overlay on(BufferedImage image) {
        return new Overlay(image);
    }

    /**
     * @param grid lesion probability, 0 to 1; transparent at 0
     * @return this
     */
    public Overlay probability(Grid grid) {
        probability = grid;
        return this;
    }

    /**
     * @param grid the annotated mask, 0 or 1
     * @return this
     */
    public Overlay truth(Grid grid) {
        truth = grid;
        return this;
    }

    /**
     * @param grid the predicted mask, or a probability that is cut at the threshold
     * @return this
     */
    public Overlay prediction(Grid grid) {
        prediction = grid;
        return this;
    }

    /**
     * @param value where a grid counts as lesion, between 0 and 1; 0.5 unless told
     * @return this
     */
    public Overlay threshold(double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("expected a threshold between 0 and 1, found " + value);
        }
        threshold = value;
        return this;
    }

    /**
     * @return a new image of the base's size
     */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(base.getWidth(), base.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.drawImage(base, 0, 0, null);
        graphics.dispose();
        if (probability != null) {
            tint(image);
        }
        int radius = Math.max(2, Math.min(image.getWidth(), image.getHeight()) / 400);
        if (truth != null) {
            Outline.draw(image, truth, threshold, radius, TRUTH.getRGB(), CASING.getRGB());
        }
        if (prediction != null) {
            Outline.draw(image, prediction, threshold, radius, PREDICTION.getRGB(), CASING.getRGB());
        }
        return image;
    }

    /**
     * @return {@link #image()} with a strip below that explains the colours
     */
    public BufferedImage withLegend() {
        BufferedImage picture = image();
        BufferedImage legend = legend(picture.getWidth(), truth != null, prediction != null, probability != null);
        BufferedImage both = new BufferedImage(
                picture.getWidth(), picture.getHeight() + legend.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.drawImage(legend, 0, picture.getHeight(), null);
        graphics.dispose();
        return both;
    }

    /**
     * The strip that explains the colours; its type grows with the width, so that it stays legible when shrunk.
     *
     * @param width pixels
     * @param truth whether the truth's outline is named
     * @param prediction whether the prediction's outline is named
     * @param probability whether the colour map is explained
     * @return an image of that width
     */
    public static BufferedImage legend(int width, boolean truth, boolean prediction, boolean probability) {
        double scale = Math.max(0.5, width / 760.0);
        BufferedImage strip = new BufferedImage(width, (int) Math.round(LEGEND * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = strip.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, strip.getWidth(), strip.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(scale, scale);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        int x = 10;
        x = truth ? outlineKey(graphics, x, TRUTH, "truth") : x;
        x = prediction ? outlineKey(graphics, x, PREDICTION, "prediction") : x;
        if (probability) {
            probabilityKey(graphics, x);
        }
        graphics.dispose();
        return strip;
    }

    private static int outlineKey(Graphics2D graphics, int x, Color color, String name) {
        graphics.setColor(CASING);
        graphics.fillRoundRect(x, 13, 30, 9, 4, 4);
        graphics.setColor(color);
        graphics.fillRect(x + 2, 15, 26, 5);
        graphics.setColor(Palette.INK);
        graphics.drawString(name, x + 38, 23);
        return x + 38 + graphics.getFontMetrics().stringWidth(name) + 26;
    }

    private static void probabilityKey(Graphics2D graphics, int x) {
        graphics.setColor(Palette.INK);
        graphics.drawString("probability  0", x, 23);
        int bar = x + graphics.getFontMetrics().stringWidth("probability  0") + 8;
        for (int i = 0; i < 110; i++) {
            double p = i / 109.0;
            graphics.setColor(new Color(mixed(0xF3D9E6, p)));
            graphics.fillRect(bar + i, 11, 1, 13);
        }
        graphics.setColor(Palette.INK);
        graphics.drawString("1", bar + 118, 23);
    }

    private void tint(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int width = image.getWidth();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                pixels[at] = mixed(pixels[at], probability.at((x + 0.5) / width, (y + 0.5) / image.getHeight()));
            }
        }
    }

    /** A colour under the map: the more probable, the less of it is left; not a number leaves it as it is. */
    private static int mixed(int rgb, double p) {
        if (!(p >= FAINTEST)) {
            return rgb;
        }
        double alpha = OPAQUE * Math.sqrt(Math.min(1, p));
        int over = Palette.viridis(p);
        int mixed = 0xff000000;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double part = (rgb >> shift & 0xff) * (1 - alpha) + (over >> shift & 0xff) * alpha;
            mixed |= (int) Math.round(part) << shift;
        }
        return mixed;
    }
}
