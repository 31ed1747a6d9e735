package slidefield.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Five pink images of 80 x 60 with a dark oval each, their masks and a manifest: 3 to train on, 1 and 1. */
final class OvalImages {
    private OvalImages() {}

    /** Writes them to a folder; gives the manifest. */
    static Path write(Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            oval(folder.resolve("images/" + i + ".png"), Color.PINK, new Color(150, 40, 40), 8 * i);
            oval(folder.resolve("masks/" + i + ".png"), Color.BLACK, Color.WHITE, 8 * i);
        }
        Path manifest = folder.resolve("set.yaml");
        Files.writeString(
                manifest,
                "name: ovals\nclasses: [oval]\nparts:\n  - {images: images/*.png, masks: masks/*.png}\n"
                        + "split: {train: 3, validation: 1, test: 1}\n");
        return manifest;
    }

    private static void oval(Path file, Color ground, Color figure, int left) throws IOException {
        BufferedImage image = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(ground);
        g.fillRect(0, 0, 80, 60);
        g.setColor(figure);
        g.fillOval(left, 15, 30, 30);
        g.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
