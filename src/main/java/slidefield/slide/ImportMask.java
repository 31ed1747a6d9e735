package slidefield.slide;

import java.awt.image.BufferedImage;
import slidefield.io.InputException;

/**
 * A mask image laid over a slide: thresholded, brought to the slide's size by the nearest pixel where it has another
 * one of the same shape, and cut to the same crop.
 */
final class ImportMask implements PixelSource {
    /** Shapes that differ by more than this share are not of the same image. */
    private static final double ASPECT_TOLERANCE = 0.01;

    private final ImportImage mask;
    private final ImportImage image;
    private final ImportOptions.Crop crop;
    private long lesionPixels;

    ImportMask(ImportImage mask, ImportImage image, ImportOptions.Crop crop) {
        this.mask = mask;
        this.image = image;
        this.crop = crop;
        double difference =
                Math.abs((double) mask.width() * image.height() / ((double) mask.height() * image.width()) - 1);
        if (difference > ASPECT_TOLERANCE) {
            throw new InputException("the mask " + mask.path() + " is " + size(mask) + " but the image " + image.path()
                    + " is " + size(image) + ": a mask may have another size but not another shape");
        }
    }

    private static String size(PixelSource source) {
        return source.width() + " x " + source.height();
    }

    /** One line about rescaling or an empty mask; empty where all is as expected. Complete once all is read. */
    String notice() {
        String rescaled = sameSize() ? "" : "the mask was rescaled from " + size(mask) + " to " + size(image);
        String empty = lesionPixels > 0
                ? ""
                : "the mask has no pixel above " + ImportPixels.THRESHOLD
                        + ": no lesion (a label image must be saved as 0 and 255)";
        return rescaled + (rescaled.isEmpty() || empty.isEmpty() ? "" : "; ") + empty;
    }

    private boolean sameSize() {
        return mask.width() == image.width() && mask.height() == image.height();
    }

    @Override
    public int width() {
        return crop.width();
    }

    @Override
    public int height() {
        return crop.height();
    }

    @Override
    public BufferedImage read(int x, int y, int w, int h) {
        int left = column(x);
        int top = row(y);
        BufferedImage source = mask.read(left, top, column(x + w - 1) - left + 1, row(y + h - 1) - top + 1);
        BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                int value = source.getRaster().getSample(column(x + i) - left, row(y + j) - top, 0);
                out.getRaster().setSample(i, j, 0, value);
                lesionPixels += value > 0 ? 1 : 0;
            }
        }
        return out;
    }

    /** The mask's column under the centre of the crop's column. */
    private int column(int x) {
        return (int) ((2L * (crop.x() + x) + 1) * mask.width() / (2L * image.width()));
    }

    private int row(int y) {
        return (int) ((2L * (crop.y() + y) + 1) * mask.height() / (2L * image.height()));
    }
}
