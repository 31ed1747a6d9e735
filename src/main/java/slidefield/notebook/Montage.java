package slidefield.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Images in rows and columns as one picture, with a title above every column and a name beside every row; for figures
 * that compare methods.
 */
public final class Montage {
    private static final int GAP = 10;
    private static final int TITLE = 30;
    private static final int NAME = 30;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);

    private final List<String> titles;
    private final int cell;
    private final List<String> names = new ArrayList<>();
    private final List<List<BufferedImage>> rows = new ArrayList<>();

    private Montage(List<String> titles, int cell) {
        this.titles = titles;
        this.cell = cell;
    }

    /**
     * @param cell width of every image in the picture, in pixels
     * @param titles of the columns, at least one
     * @return a montage without rows
     */
    public static Montage of(int cell, List<String> titles) {
        if (titles.isEmpty() || cell < 1) {
            throw new IllegalArgumentException("expected columns of at least one pixel, found " + titles.size()
                    + " columns of " + cell + " pixels");
        }
        return new Montage(List.copyOf(titles), cell);
    }

    /**
     * @param name of the row
     * @param images one per column; null leaves a cell empty
     * @return this
     */
    public Montage row(String name, List<BufferedImage> images) {
        if (images.size() != titles.size() || images.stream().allMatch(image -> image == null)) {
            throw new IllegalArgumentException("expected " + titles.size() + " images in row '" + name + "', one per"
                    + " column and not all empty, found " + images.size());
        }
        List<BufferedImage> scaled = new ArrayList<>();
        for (BufferedImage image : images) {
            scaled.add(image == null ? null : fitted(image));
        }
        names.add(name);
        rows.add(scaled);
        return this;
    }

    private BufferedImage fitted(BufferedImage image) {
        int height = Math.max(1, (int) Math.round((double) image.getHeight() * cell / image.getWidth()));
        return Bundle.resized(Bundle.atMost(image, cell), cell, height);
    }

    private static int height(List<BufferedImage> row) {
        return row.stream()
                .mapToInt(image -> image == null ? 0 : image.getHeight())
                .max()
                .orElse(0);
    }

    /**
     * @return the picture, opaque
     */
    public BufferedImage image() {
        int width = NAME + titles.size() * (cell + GAP);
        int height = TITLE + rows.stream().mapToInt(row -> height(row) + GAP).sum();
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(Palette.INK);
        for (int column = 0; column < titles.size(); column++) {
            centred(graphics, titles.get(column), NAME + column * (cell + GAP), TITLE - 10, cell);
        }
        int y = TITLE;
        for (int i = 0; i < rows.size(); i++) {
            int high = height(rows.get(i));
            upwards(graphics, names.get(i), y, high);
            for (int column = 0; column < titles.size(); column++) {
                graphics.drawImage(rows.get(i).get(column), NAME + column * (cell + GAP), y, null);
            }
            y += high + GAP;
        }
        graphics.dispose();
        return picture;
    }

    private static void centred(Graphics2D graphics, String text, int x, int y, int room) {
        String shown = Row.fitted(text, graphics.getFontMetrics(), room);
        int indent = Math.max(0, (room - graphics.getFontMetrics().stringWidth(shown)) / 2);
        graphics.drawString(shown, x + indent, y);
    }

    private static void upwards(Graphics2D graphics, String text, int y, int room) {
        AffineTransform upright = graphics.getTransform();
        graphics.translate(0, y + room);
        graphics.rotate(-Math.PI / 2);
        centred(graphics, text, 0, NAME - 10, room);
        graphics.setTransform(upright);
    }
}
