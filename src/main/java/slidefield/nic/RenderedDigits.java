package slidefield.nic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import slidefield.fit.Seeds;
import slidefield.io.InputException;

/**
 * Digits drawn with the machine's fonts, where there is no MNIST: of several fonts, weights, sizes, slants, angles and
 * strokes, white on black, 28 x 28 pixels with an empty margin as MNIST's. Training and test digits are of different
 * fonts and seeds. The same on the same machine; another machine with other fonts draws others.
 */
final class RenderedDigits {
    private static final String ALL = "0123456789";

    /** Fonts of symbols show other things for digits; those that also have these characters are of text. */
    private static final String TEXT = ALL + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,;:!?()ÄÖÜäöüßéèç";

    private static final int SIDE = Digits.SOURCE_SIDE;

    /** Java's own names for fonts, which stand for one of the others. */
    private static final Set<String> LOGICAL = Set.of("Dialog", "DialogInput", "Monospaced", "SansSerif", "Serif");

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    private static final float OUTLINE_SIZE = 100;

    /** Pixels of a digit's longer side, least and most; MNIST's is 20. */
    private static final double SMALLEST = 16;

    private static final double LARGEST = 20;

    private RenderedDigits() {}

    /**
     * @param seed of all drawing
     * @param count digits of each class for training, and as many for testing
     * @throws InputException if the machine has fewer than two fonts with digits
     */
    static DigitSets of(long seed, int count) {
        List<List<String>> sides = sides();
        return new DigitSets(draw(seed, "training", sides.get(0), count), draw(seed, "test", sides.get(1), count));
    }

    /** The fonts' families, those of one maker ("DejaVu Sans", "DejaVu Serif") on one side where there are two makers. */
    static List<List<String>> sides() {
        Map<String, List<String>> makers = new TreeMap<>();
        List<String> families = families();
        families.forEach(family -> makers.computeIfAbsent(family.split(" ", 2)[0], key -> new ArrayList<>())
                .add(family));
        List<List<String>> groups = makers.size() > 1
                ? new ArrayList<>(makers.values())
                : new ArrayList<>(families.stream().map(List::of).toList());
        if (groups.size() < 2) {
            throw new InputException("found " + families.size() + " fonts with digits, and two are needed so that test"
                    + " digits differ from training digits; install more fonts, or put MNIST's files into "
                    + DigitSets.FOLDER + "/ of the data root");
        }
        groups.sort((one, other) -> Integer.compare(other.size(), one.size()));
        List<List<String>> sides = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < groups.size(); i++) {
            sides.get(i % 2).addAll(groups.get(i));
        }
        return sides;
    }

    private static List<String> families() {
        List<String> families = new ArrayList<>();
        for (String family :
                GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames(Locale.ROOT)) {
            Font font = new Font(family, Font.PLAIN, (int) OUTLINE_SIZE);
            if (!LOGICAL.contains(family) && font.canDisplayUpTo(TEXT) < 0 && drawsAll(font)) {
                families.add(family);
            }
        }
        return families;
    }

    /** Some fonts claim characters that they leave blank. */
    private static boolean drawsAll(Font font) {
        return ALL.chars().mapToObj(Character::toString).noneMatch(digit -> font.createGlyphVector(EXACT, digit)
                .getOutline()
                .getBounds2D()
                .isEmpty());
    }

    private static Digits draw(long seed, String part, List<String> families, int count) {
        byte[] grey = new byte[Digits.CLASSES * count * SIDE * SIDE];
        byte[] labels = new byte[Digits.CLASSES * count];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % Digits.CLASSES);
            byte[] one = draw(labels[i], families, Seeds.random(seed, "digit", part, i));
            System.arraycopy(one, 0, grey, i * SIDE * SIDE, one.length);
        }
        return Digits.of("digits of " + families.size() + " fonts, " + part, grey, labels);
    }

    private static byte[] draw(int digit, List<String> families, Random random) {
        String family = families.get(random.nextInt(families.size()));
        Font font = new Font(family, random.nextInt(2), (int) OUTLINE_SIZE);
        AffineTransform slanted = AffineTransform.getRotateInstance(Math.toRadians(24 * random.nextDouble() - 12));
        slanted.shear(-0.4 * random.nextDouble() + 0.1, 0);
        Shape outline = slanted.createTransformedShape(
                font.createGlyphVector(EXACT, Integer.toString(digit)).getOutline());
        float stroke = 1 + random.nextFloat();
        Rectangle2D box = outline.getBounds2D();
        double side = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble() - stroke;
        AffineTransform placed = AffineTransform.getTranslateInstance(
                SIDE / 2.0 + random.nextInt(3) - 1, SIDE / 2.0 + random.nextInt(3) - 1);
        double scale = side / Math.max(box.getWidth(), box.getHeight());
        placed.scale(scale, scale);
        placed.translate(-box.getCenterX(), -box.getCenterY());
        return paint(placed.createTransformedShape(outline), stroke);
    }

    private static byte[] paint(Shape shape, float stroke) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fill(shape);
        graphics.setStroke(new BasicStroke(stroke, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
        graphics.dispose();
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
