package slidefield.slide;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.locationtech.jts.geom.Geometry;

/**
 * A synthetic slide stained like haematoxylin and eosin, drawn region by region from a seed: glass around irregular
 * tissue of fibrous stroma, fat and lymphocytes, with lesions that differ by their nuclei rather than by a flat
 * colour. Obviously synthetic; for teaching, tests and trials without patient data.
 *
 * <p>The same options give the same pixels on every platform, whichever regions are asked for and in whichever
 * order. Nothing of the slide's size is held, and reading from several threads is safe.
 */
public final class PhantomSlide implements PixelSource {
    /** Blocks lie on a fixed grid; a region is cut out of them. */
    private static final int BLOCK = 128;
    /** Coarser pixels than this, in micrometres, are averages of finer ones. */
    private static final double FINEST_DRAWN = 1.3;

    private final PhantomOptions options;
    private final PhantomLayout layout;
    private final PhantomTexture texture;
    private final PhantomNuclei nuclei;
    private final PhantomFat fat;
    private final PhantomStain stain;
    /** Drawn pixels per pixel along an axis. */
    private final int oversampling;

    /** Lays the slide out; pixels are drawn when they are read. */
    public PhantomSlide(PhantomOptions options) {
        this.options = options;
        layout = new PhantomLayout(options);
        texture = new PhantomTexture(options.seed(), layout);
        nuclei = new PhantomNuclei(options.seed(), layout, texture);
        fat = new PhantomFat(options.seed(), layout);
        stain = new PhantomStain(PhantomNoise.mix(options.seed() + 4));
        oversampling = (int) Math.ceil(options.mpp() / FINEST_DRAWN);
    }

    /** What it was made from. */
    public PhantomOptions options() {
        return options;
    }

    /** The lesions in level-0 pixels (pixel i spans [i, i + 1)); holes are normal tissue. */
    public Geometry lesions() {
        return layout.lesionShape(options.mpp());
    }

    /** Lesion area over tissue area. */
    public double lesionFraction() {
        return layout.lesionFraction();
    }

    /** Whether the centre of a level-0 pixel lies on tissue rather than glass. */
    public boolean isTissue(int x, int y) {
        return layout.tissue((x + 0.5) * options.mpp(), (y + 0.5) * options.mpp()) > 0;
    }

    @Override
    public int width() {
        return options.width();
    }

    @Override
    public int height() {
        return options.height();
    }

    @Override
    public BufferedImage read(int x, int y, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int top = Math.floorDiv(y, BLOCK) * BLOCK; top < y + height; top += BLOCK) {
            for (int left = Math.floorDiv(x, BLOCK) * BLOCK; left < x + width; left += BLOCK) {
                int[] block = block(left, top);
                int fromX = Math.max(left, x);
                int columns = Math.min(left + BLOCK, x + width) - fromX;
                for (int row = Math.max(top, y); row < Math.min(top + BLOCK, y + height); row++) {
                    System.arraycopy(
                            block, (row - top) * BLOCK + fromX - left, pixels, (row - y) * width + fromX - x, columns);
                }
            }
        }
        return image;
    }

    private int[] block(int left, int top) {
        if (oversampling == 1) {
            return draw(left, top);
        }
        int[] sums = new int[BLOCK * BLOCK * 3];
        for (int j = 0; j < oversampling; j++) {
            for (int i = 0; i < oversampling; i++) {
                int[] fine = draw(left * oversampling + i * BLOCK, top * oversampling + j * BLOCK);
                for (int at = 0; at < fine.length; at++) {
                    int row = (j * BLOCK + at / BLOCK) / oversampling;
                    int column = (i * BLOCK + at % BLOCK) / oversampling;
                    int to = (row * BLOCK + column) * 3;
                    sums[to] += fine[at] >> 16;
                    sums[to + 1] += fine[at] >> 8 & 255;
                    sums[to + 2] += fine[at] & 255;
                }
            }
        }
        int n = oversampling * oversampling;
        int[] block = new int[BLOCK * BLOCK];
        for (int at = 0; at < block.length; at++) {
            int r = (sums[3 * at] + n / 2) / n;
            int g = (sums[3 * at + 1] + n / 2) / n;
            int b = (sums[3 * at + 2] + n / 2) / n;
            block[at] = r << 16 | g << 8 | b;
        }
        return block;
    }

    /** One block on the drawn grid, 0xRRGGBB. */
    private int[] draw(int left, int top) {
        double mpp = options.mpp() / oversampling;
        PhantomCanvas canvas = new PhantomCanvas(left * mpp, top * mpp, mpp, BLOCK);
        if (texture.draw(canvas)) {
            nuclei.draw(canvas);
            fat.draw(canvas);
        }
        int[] rgb = new int[BLOCK * BLOCK];
        for (int row = 0; row < BLOCK; row++) {
            for (int column = 0; column < BLOCK; column++) {
                int at = row * BLOCK + column;
                int noise = (int) PhantomNoise.cell(options.seed() + 61, left + column, top + row);
                rgb[at] = stain.rgb(canvas.h[at], canvas.e[at], noise);
            }
        }
        return rgb;
    }
}
