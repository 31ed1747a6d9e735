package slidefield.nic;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Three slides of 120 x 80 um with a tissue on either side, of which the purple left one is tumour, under a white strip. */
public final class TissueSlides {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 80;
    private static final int STRIP = 8;

    private TissueSlides() {}

    /** Writes them and their manifest, a slide per split. */
    public static Path write(Path folder) throws IOException {
        StringBuilder yaml = new StringBuilder("name: tissues\nbase: {mpp: 1.0}\n"
                + "tissues:\n  - {name: tumour, value: 7}\n  - {name: stroma, value: 3}\nslides:\n");
        for (String split : new String[] {"train", "validation", "test"}) {
            Random random = new Random(split.hashCode());
            image(folder.resolve(split + ".png"), BufferedImage.TYPE_INT_RGB, (x, y) -> {
                int noise = random.nextInt(31) - 15;
                int purple = rgb(120 + noise, 60 + noise, 140 + noise);
                int pink = rgb(220 + noise, 120 + noise, 180 + noise);
                return y < STRIP ? 0xFFFFFF : x < WIDTH / 2 ? purple : pink;
            });
            image(folder.resolve(split + "-lesion.png"), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> left(x, y) ? 255 : 0);
            image(
                    folder.resolve(split + "-tissue.png"),
                    BufferedImage.TYPE_BYTE_GRAY,
                    (x, y) -> y < STRIP ? 0 : left(x, y) ? 7 : 3);
            yaml.append("  - {name: s-")
                    .append(split)
                    .append(", path: ")
                    .append(split)
                    .append(".png, mpp: 1, annotation: ");
            yaml.append(split)
                    .append("-lesion.png, tissue_mask: {path: ")
                    .append(split)
                    .append("-tissue.png}, split: ");
            yaml.append(split).append("}\n");
        }
        return Files.writeString(folder.resolve("tissues.yaml"), yaml.toString());
    }

    private static boolean left(int x, int y) {
        return x < WIDTH / 2 && y >= STRIP;
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    private static void image(Path file, int type, IntBinaryOperator value) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int one = value.applyAsInt(x, y);
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, one);
                } else {
                    image.setRGB(x, y, one);
                }
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
