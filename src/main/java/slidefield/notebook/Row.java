package slidefield.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Images side by side as one picture, so that every front end and export shows the same. */
final class Row {
    private static final int WIDTH = 1200;
    private static final int GAP = 12;
    private static final int TITLE = 30;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);

    private Row() {}

    /**
     * @param titles one per image
     * @param images at least one
     * @return all of one height, together at most {@value #WIDTH} pixels wide, never enlarged beyond the tallest
     */
    static BufferedImage of(List<String> titles, BufferedImage... images) {
        if (images.length == 0 || titles.size() != images.length) {
            throw new IllegalArgumentException("expected one title per image and at least one image, found "
                    + titles.size() + " titles and " + images.length + " images");
        }
        double aspects = 0;
        int tallest = 0;
        for (BufferedImage image : images) {
            aspects += (double) image.getWidth() / image.getHeight();
            tallest = Math.max(tallest, image.getHeight());
        }
        int room = WIDTH - GAP * (images.length - 1);
        int height = Math.max(1, (int) Math.min(tallest, room / aspects));
        List<BufferedImage> scaled = new ArrayList<>();
        int width = GAP * (images.length - 1);
        for (BufferedImage image : images) {
            int its = Math.max(1, (int) Math.round((double) image.getWidth() * height / image.getHeight()));
            scaled.add(Bundle.resized(Bundle.atMost(image, Math.max(its, 1)), its, height));
            width += its;
        }
        return drawn(titles, scaled, width, height);
    }

    private static BufferedImage drawn(List<String> titles, List<BufferedImage> images, int width, int height) {
        BufferedImage row = new BufferedImage(width, height + TITLE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = row.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height + TITLE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(new Color(0x333333));
        int x = 0;
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = images.get(i);
            String title = fitted(titles.get(i), graphics.getFontMetrics(), image.getWidth());
            int indent =
                    Math.max(0, (image.getWidth() - graphics.getFontMetrics().stringWidth(title)) / 2);
            graphics.drawString(title, x + indent, TITLE - 10);
            graphics.drawImage(image, x, TITLE, null);
            x += image.getWidth() + GAP;
        }
        graphics.dispose();
        return row;
    }

    /** A title that is cut where it is too long. */
    static String fitted(String title, FontMetrics metrics, int width) {
        String fitted = title;
        while (fitted.length() > 1 && metrics.stringWidth(fitted) > width) {
            fitted = fitted.substring(0, fitted.length() - 2).stripTrailing() + "…";
        }
        return fitted;
    }
}
