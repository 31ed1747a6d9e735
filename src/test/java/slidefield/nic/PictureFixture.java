package slidefield.nic;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** Slides of noisy tissue on glass, and an encoder that sees where in a patch a colour is. */
final class PictureFixture {
    private PictureFixture() {}

    /** Coloured noise everywhere but in the left third, which is white. */
    static BufferedImage picture(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = random.nextInt(60);
                image.setRGB(x, y, x < width / 3 ? 0xFFFFFF : 170 + noise << 16 | 60 + noise << 8 | 130 + noise);
            }
        }
        return image;
    }

    static Slide slide(Path folder, String name, BufferedImage image) {
        Path file = folder.resolve(name + ".png");
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Slides.open(file, OptionalDouble.of(0.5));
    }

    /** A weighted sum of a patch's values per value of its code; counts what it is asked. */
    static class Sums implements PatchEncoder {
        private final int patch;
        private final float[] weights;
        int encoded;
        /** How many patches it encodes before it fails. */
        int limit = Integer.MAX_VALUE;

        Sums(int patch, int code, long seed) {
            this.patch = patch;
            Random random = new Random(seed);
            weights = new float[code * patch * patch * 3];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian();
            }
        }

        @Override
        public String name() {
            return "Sums";
        }

        @Override
        public String identity() {
            return "Sums " + weights[0];
        }

        @Override
        public int patch() {
            return patch;
        }

        @Override
        public int colours() {
            return 3;
        }

        @Override
        public int code() {
            return weights.length / patch / patch / 3;
        }

        @Override
        public float[] encode(float[] patches) {
            int count = NetworkEncoder.requireWhole(this, patches);
            encoded += count;
            if (encoded > limit) {
                throw new IllegalStateException("killed");
            }
            int length = patch * patch * 3;
            float[] codes = new float[count * code()];
            for (int i = 0; i < codes.length; i++) {
                for (int k = 0; k < length; k++) {
                    codes[i] += weights[i % code() * length + k] * patches[i / code() * length + k];
                }
            }
            return codes;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
