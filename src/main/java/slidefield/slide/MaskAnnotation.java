package slidefield.slide;

import java.util.Optional;
import slidefield.io.InputException;

/**
 * Lesions as a mask image: a stored pixel over 127 (its brightest channel) is lesion, and a view pixel is lesion if at
 * least half of its area is. The image covers the whole slide, whatever its own size.
 *
 * <p>Reading is safe from several threads at once.
 */
public final class MaskAnnotation implements Lesions {
    private static final int THRESHOLD = 127;
    private static final double ASPECT = 0.01;

    private final Slide mask;
    private final double left;
    private final double top;
    private final double perX;
    private final double perY;
    private final int width;
    private final int height;
    private final String notice;

    /** A crop: level-0 pixel (x, y) of the crop lies at mask pixel (left + x perX, top + y perY). */
    private MaskAnnotation(
            Slide mask, double left, double top, double perX, double perY, int width, int height, String notice) {
        this.mask = mask;
        this.left = left;
        this.top = top;
        this.perX = perX;
        this.perY = perY;
        this.width = width;
        this.height = height;
        this.notice = notice;
    }

    /**
     * Lays a mask over a slide.
     *
     * @param mask the mask, of the slide's size or its aspect ratio (within 1 %, or one mask pixel of rounding)
     * @param slide the slide
     * @return the lesions
     * @throws InputException if the aspect ratios differ; names both sizes
     */
    public static MaskAnnotation of(Slide mask, Slide slide) {
        requireShape(mask, slide);
        boolean same = mask.width() == slide.width() && mask.height() == slide.height();
        String notice =
                same ? null : "mask " + mask.name() + " is " + sizes(mask, slide) + ": stretched over the slide";
        double perX = (double) mask.width() / slide.width();
        double perY = (double) mask.height() / slide.height();
        return new MaskAnnotation(mask, 0, 0, perX, perY, slide.width(), slide.height(), notice);
    }

    private static String sizes(Slide mask, Slide slide) {
        return mask.width() + " x " + mask.height() + " pixels, slide " + slide.name() + " " + slide.width() + " x "
                + slide.height();
    }

    /**
     * Refuses an image that cannot be a mask of a whole slide.
     *
     * @param mask of the slide's size or its aspect ratio (within 1 %, or one mask pixel of rounding)
     * @param slide the slide
     * @throws InputException if the aspect ratios differ; names both sizes
     */
    public static void requireShape(Slide mask, Slide slide) {
        double wanted = (double) slide.width() * mask.height() / slide.height();
        double wantedHeight = (double) slide.height() * mask.width() / slide.width();
        boolean rounded = Math.abs(wanted - mask.width()) <= 1 || Math.abs(wantedHeight - mask.height()) <= 1;
        if (!rounded && Math.abs(mask.width() / wanted - 1) > ASPECT) {
            throw new InputException(
                    "mask " + mask.name() + " is " + sizes(mask, slide)
                            + ": the shapes differ by more than 1 %; give the mask of this slide, in any size of the same shape");
        }
    }

    @Override
    public byte[] mask(View view, int x, int y, int w, int h) {
        Slides.requireArray("mask of " + view, w, h);
        LesionFiles.requireSize(view, width, height);
        byte[] out = new byte[w * h];
        int x0 = Math.max(0, x);
        int y0 = Math.max(0, y);
        int x1 = (int) Math.min(view.width(), (long) x + w);
        int y1 = (int) Math.min(view.height(), (long) y + h);
        if (x0 >= x1 || y0 >= y1) {
            return out;
        }
        int level = level(view);
        Level stored = mask.levels().get(level);
        double toX = (double) stored.width() / mask.width();
        double toY = (double) stored.height() / mask.height();
        Axis across = Axis.area(left * toX, view.scaleX() * perX * toX, x0, x1 - x0, stored.width());
        Axis down = Axis.area(top * toY, view.scaleY() * perY * toY, y0, y1 - y0, stored.height());
        float[] covered = Resample.one(mask, level, across, down, rgb -> coverage(rgb, level));
        for (int row = y0; row < y1; row++) {
            for (int column = x0; column < x1; column++) {
                boolean lesion = covered[(row - y0) * (x1 - x0) + column - x0] >= 0.5f - 1e-5f;
                out[(row - y) * w + column - x] = (byte) (lesion ? 1 : 0);
            }
        }
        return out;
    }

    /** Level 0 is cut at the threshold; coarser levels hold means already. */
    private static float coverage(int rgb, int level) {
        int value = brightest(rgb);
        return level == 0 ? value > THRESHOLD ? 1 : 0 : value / 255f;
    }

    private static int brightest(int rgb) {
        return Math.max(rgb & 0xFF, Math.max(rgb >> 8 & 0xFF, rgb >> 16 & 0xFF));
    }

    private int level(View view) {
        int best = 0;
        for (int i = 1; i < mask.levels().size(); i++) {
            Level stored = mask.levels().get(i);
            boolean fine = (double) mask.width() / stored.width() <= view.scaleX() * perX * 1.005
                    && (double) mask.height() / stored.height() <= view.scaleY() * perY * 1.005;
            best = fine ? i : best;
        }
        return best;
    }

    /** Scans the mask at full resolution until a lesion pixel is found. */
    @Override
    public boolean isEmpty() {
        return largest(THRESHOLD) <= THRESHOLD;
    }

    /** The largest value under this crop; stops once it exceeds {@code enough}. */
    int largest(int enough) {
        int x0 = (int) Math.floor(left);
        int y0 = (int) Math.floor(top);
        int x1 = (int) Math.min(mask.width(), Math.ceil(left + width * perX));
        int y1 = (int) Math.min(mask.height(), Math.ceil(top + height * perY));
        int found = 0;
        for (int y = y0; y < y1 && found <= enough; y += 512) {
            for (int x = x0; x < x1 && found <= enough; x += 2048) {
                int[] pixels = Pixels.of(mask.read(0, x, y, Math.min(2048, x1 - x), Math.min(512, y1 - y)));
                for (int pixel : pixels) {
                    found = Math.max(found, brightest(pixel));
                }
            }
        }
        return found;
    }

    @Override
    public MaskAnnotation cropped(int x, int y, int w, int h) {
        return new MaskAnnotation(mask, left + x * perX, top + y * perY, perX, perY, w, h, notice);
    }

    @Override
    public Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    MaskAnnotation noting(String line) {
        return new MaskAnnotation(mask, left, top, perX, perY, width, height, line);
    }

    /** Closes the mask. */
    @Override
    public void close() {
        mask.close();
    }
}
