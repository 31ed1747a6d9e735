package slidefield.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.CellCorner;
import slidefield.field.HashGrid;
import slidefield.field.HashLevel;
import slidefield.field.LevelUse;
import slidefield.field.Window;
import slidefield.fit.Part;
import slidefield.fit.SlidePlane;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/**
 * A level of a hash grid over the slide that it encodes: its cells, the vertices that share an entry, the corners of a
 * point. Dense levels are blue, hashed ones vermilion.
 *
 * <pre>{@code
 * Show.image(LevelView.of(plane).cells(level).image());
 * }</pre>
 */
public final class LevelView {
    /** Pixels of the longer side of a picture. */
    private static final int SIDE = 560;

    /** Lines closer than this, in pixels of the picture, would cover the slide. */
    private static final double CLOSEST = 4;

    private static final Color DENSE = Palette.series()[0];
    private static final Color HASHED = Palette.series()[1];

    private final BufferedImage image;
    private final Part part;
    private final double zoom;
    private final Window pixels;

    private LevelView(SlidePlane plane, Part part) {
        this.part = part;
        this.zoom = (double) SIDE / Math.max(part.width(), part.height());
        this.pixels = plane.window(0, 0, plane.width(), plane.height());
        this.image = sized(
                plane.view().region(part.x(), part.y(), part.width(), part.height()),
                Math.max(1, (int) Math.round(part.width() * zoom)),
                Math.max(1, (int) Math.round(part.height() * zoom)));
    }

    /** A whole slide. */
    public static LevelView of(SlidePlane plane) {
        return of(plane, new Part(0, 0, plane.width(), plane.height()));
    }

    /** A part of a slide; where it is enlarged its pixels show as squares. */
    public static LevelView of(SlidePlane plane, Part part) {
        return new LevelView(plane, part);
    }

    /**
     * The surroundings of a point, moved inside the slide where they would cross its edge.
     *
     * @param plane the slide
     * @param x the point's coordinate, of which 1 is the slide's longer side
     * @param y the point's other coordinate
     * @param side pixels of the slide, at least 1
     */
    public static LevelView around(SlidePlane plane, double x, double y, int side) {
        return of(plane, part(plane, x, y, side));
    }

    /** The square part around a point, as {@link #around} shows it. */
    public static Part part(SlidePlane plane, double x, double y, int side) {
        Window pixels = plane.window(0, 0, 1, 1);
        int width = Math.min(side, plane.width());
        int height = Math.min(side, plane.height());
        int left = (int) Math.round(x / pixels.stepX() - width / 2.0);
        int top = (int) Math.round(y / pixels.stepY() - height / 2.0);
        return new Part(
                Math.max(0, Math.min(plane.width() - width, left)),
                Math.max(0, Math.min(plane.height() - height, top)),
                width,
                height);
    }

    private static BufferedImage sized(BufferedImage region, int width, int height) {
        if (width <= region.getWidth()) {
            return Bundle.resized(Bundle.atMost(region, width), width, height);
        }
        return Bundle.resized(Pictures.enlarged(region, width), width, height);
    }

    /**
     * Draws a level's cells. Lines that would lie closer than {@value #CLOSEST} pixels are thinned: every second, fourth,
     * ... is drawn.
     *
     * @param level of the slide's grid
     * @return this
     */
    public LevelView cells(HashLevel level) {
        Graphics2D graphics = graphics();
        graphics.setColor(level.dense() ? DENSE : HASHED);
        double spacing = zoom / (level.scale() * pixels.stepX());
        int every = 1;
        while (every * spacing < CLOSEST) {
            every *= 2;
        }
        graphics.setStroke(new BasicStroke((float) Math.max(0.5, Math.min(1.2, every * spacing / 16))));
        for (int v = 0; v <= level.resolution(); v += every) {
            double x = across(level.coordinate(v));
            double y = down(level.coordinate(v));
            graphics.draw(new Line2D.Double(x, 0, x, image.getHeight()));
            graphics.draw(new Line2D.Double(0, y, image.getWidth(), y));
        }
        graphics.dispose();
        return this;
    }

    /**
     * Marks vertices.
     *
     * @param level that they are of
     * @param vertices such as {@link LevelUse#sharing} finds
     * @return this
     */
    public LevelView vertices(HashLevel level, List<LevelUse.Vertex> vertices) {
        Graphics2D graphics = graphics();
        for (LevelUse.Vertex vertex : vertices) {
            dot(graphics, across(level.coordinate(vertex.x())), down(level.coordinate(vertex.y())), 5, HASHED);
        }
        graphics.dispose();
        return this;
    }

    /**
     * Marks a point and the corners of its cell, each with its weight.
     *
     * @param level of the slide's grid
     * @param x the point's coordinate, of which 1 is the slide's longer side
     * @param y the point's other coordinate
     * @return this
     */
    public LevelView point(HashLevel level, double x, double y) {
        Graphics2D graphics = graphics();
        graphics.setFont(ChartStyle.font(java.awt.Font.BOLD, 15));
        for (CellCorner corner : CellCorner.of(level, x, y)) {
            double cx = across(level.coordinate(corner.x()));
            double cy = down(level.coordinate(corner.y()));
            dot(graphics, cx, cy, 7, level.dense() ? DENSE : HASHED);
            label(graphics, String.format(Locale.ROOT, "%.3f", corner.weight()), cx + 9, cy - 9);
        }
        dot(graphics, across(x), down(y), 6, Overlay.PREDICTION);
        graphics.dispose();
        return this;
    }

    /** The picture, {@value #SIDE} pixels on its longer side. */
    public BufferedImage image() {
        return image;
    }

    /**
     * One of a level's features as colours (viridis), from its 1st to its 99th percentile over the window.
     *
     * @param grid fitted to a slide
     * @param window the points, one per pixel of the picture; closer together than the slide's pixels if wanted
     * @param level counted from 0, the coarsest
     * @param feature counted from 0
     */
    public static BufferedImage feature(HashGrid grid, Window window, int level, int feature) {
        int channel = level * grid.options().features() + feature;
        float[] values = new float[window.points()];
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            INDArray encoded = grid.encode(tape, window).value().reshape('c', window.points(), grid.features());
            for (int p = 0; p < values.length; p++) {
                values[p] = encoded.getFloat(p, channel);
            }
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float low = sorted[sorted.length / 100];
        float high = Math.max(sorted[sorted.length - 1 - sorted.length / 100], Math.nextUp(low));
        BufferedImage picture = new BufferedImage(window.width(), window.height(), BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < values.length; p++) {
            picture.setRGB(
                    p % window.width(), p / window.width(), Palette.viridis((values[p] - low) / (double) (high - low)));
        }
        return picture;
    }

    private double across(double coordinate) {
        return (coordinate / pixels.stepX() - part.x()) * zoom;
    }

    private double down(double coordinate) {
        return (coordinate / pixels.stepY() - part.y()) * zoom;
    }

    private Graphics2D graphics() {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return graphics;
    }

    private static void dot(Graphics2D graphics, double x, double y, double radius, Color color) {
        graphics.setColor(Color.WHITE);
        graphics.fill(new Ellipse2D.Double(x - radius - 1.5, y - radius - 1.5, 2 * radius + 3, 2 * radius + 3));
        graphics.setColor(color);
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private static void label(Graphics2D graphics, String text, double x, double y) {
        int width = graphics.getFontMetrics().stringWidth(text);
        graphics.setColor(new Color(255, 255, 255, 220));
        graphics.fillRect((int) x - 3, (int) y - 14, width + 6, 19);
        graphics.setColor(Palette.INK);
        graphics.drawString(text, (float) x, (float) y);
    }
}
