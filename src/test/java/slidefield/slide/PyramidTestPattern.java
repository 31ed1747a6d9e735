package slidefield.slide;

import java.awt.image.BufferedImage;

/** Smooth colours with a hashed grain, so that both codecs have something to do and every pixel is known. */
record PyramidTestPattern(int width, int height, boolean grey) implements PixelSource {
    int pixel(int x, int y) {
        int grain = ((x * 73856093) ^ (y * 19349663)) >>> 28;
        int r = 150 + x * 60 / width + grain;
        int g = 90 + y * 60 / height + grain;
        int b = 160 + grain;
        return grey ? r * 0x010101 : r << 16 | g << 8 | b;
    }

    @Override
    public BufferedImage read(int x, int y, int w, int h) {
        BufferedImage image = new BufferedImage(w, h, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                int value = pixel(x + i, y + j);
                if (grey) {
                    image.getRaster().setSample(i, j, 0, value & 255);
                } else {
                    image.setRGB(i, j, value);
                }
            }
        }
        return image;
    }
}
