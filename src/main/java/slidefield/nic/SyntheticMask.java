package slidefield.nic;

import java.util.Random;
import slidefield.data.SyntheticOptions;

/**
 * Where the two rectangles of a synthetic image lie: first drawn upright, the tilted one from the left half and the
 * straight one in the right half, then turned and mirrored together. Kept as numbers, not as pixels.
 *
 * <p>A tilted rectangle of long side L and short side L / 2 is (L + L / 2) / sqrt(2) = 1.06 L wide and high, and its upper
 * left corner is drawn as if it were L: as in the authors' program, a long one can reach up to 6 % of L beyond its half,
 * where the straight one covers it, or beyond the lower border.
 *
 * @param size pixels along both sides of the image
 * @param tilted its long side, and the upper left corner of the square around it, before turning
 * @param falling whether the tilted one's long side runs from the upper left to the lower right, before turning
 * @param straight its long side, which is horizontal, and upper left corner, before turning
 * @param turns quarter turns, anticlockwise, 0 to 3
 * @param mirror after turning
 */
public record SyntheticMask(int size, Placed tilted, boolean falling, Placed straight, int turns, Mirror mirror) {
    /** The value of the tilted rectangle. */
    public static final int TILTED = 127;

    /** The value of the straight rectangle. */
    public static final int STRAIGHT = 255;

    /**
     * A rectangle's place.
     *
     * @param x column of its left side
     * @param y row of its upper side
     * @param longSide pixels; its short side is half of it, rounded down
     */
    public record Placed(int x, int y, int longSide) {
        /** Pixels of the short side. */
        public int shortSide() {
            return longSide / 2;
        }
    }

    /** How an image is mirrored. */
    public enum Mirror {
        /** Not at all. */
        NONE,
        /** Left becomes right. */
        SIDEWAYS,
        /** Up becomes down. */
        UPSIDE_DOWN
    }

    /** Draws a mask. */
    static SyntheticMask draw(SyntheticOptions options, Random random) {
        int size = options.size();
        int half = options.longest();
        int side = longSide(options, random);
        Placed tilted = new Placed(random.nextInt(half - side), random.nextInt(size - side), side);
        boolean falling = random.nextBoolean();
        side = longSide(options, random);
        Placed straight = new Placed(half + random.nextInt(size - side - half), random.nextInt(size - side), side);
        int turns = random.nextInt(4);
        return new SyntheticMask(size, tilted, falling, straight, turns, Mirror.values()[random.nextInt(3)]);
    }

    private static int longSide(SyntheticOptions options, Random random) {
        return options.shortest() + random.nextInt(options.longest() - options.shortest());
    }

    /**
     * What a pixel belongs to.
     *
     * @param column from 0, of the finished image
     * @param row from 0
     * @return {@value #TILTED}, {@value #STRAIGHT} or 0, background
     */
    public int value(int column, int row) {
        int x = mirror == Mirror.SIDEWAYS ? size - 1 - column : column;
        int y = mirror == Mirror.UPSIDE_DOWN ? size - 1 - row : row;
        for (int i = 0; i < turns; i++) {
            int before = size - 1 - y;
            y = x;
            x = before;
        }
        return isStraight(x, y) ? STRAIGHT : isTilted(x, y) ? TILTED : 0;
    }

    private boolean isStraight(int x, int y) {
        return x >= straight.x
                && y >= straight.y
                && x < straight.x + straight.longSide
                && y < straight.y + straight.shortSide();
    }

    private boolean isTilted(int x, int y) {
        double diagonal = Math.sqrt(2);
        double reach = (tilted.longSide + tilted.shortSide()) / diagonal / 2;
        double right = x + 0.5 - tilted.x - reach;
        double down = y + 0.5 - tilted.y - reach;
        double along = Math.abs(falling ? right + down : right - down) / diagonal;
        double across = Math.abs(falling ? right - down : right + down) / diagonal;
        return along <= tilted.longSide / 2.0 && across <= tilted.shortSide() / 2.0;
    }

    /** The mask as an image: size x size values of {@link #value}, row-major. */
    public byte[] pixels() {
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) value(i % size, i / size);
        }
        return pixels;
    }

    /**
     * A rectangle on the grid of codes: the patches whose middle pixel it holds.
     *
     * @param stride pixels from patch to patch
     * @param rectangle {@value #TILTED} or {@value #STRAIGHT}
     * @return as many rows and columns as {@link GreyCompression} gives, row-major, 1 inside
     */
    public byte[] places(int stride, int rectangle) {
        int side = (size - 1) / stride + 1;
        byte[] places = new byte[side * side];
        for (int i = 0; i < places.length; i++) {
            places[i] = (byte) (value(middle(i % side, stride), middle(i / side, stride)) == rectangle ? 1 : 0);
        }
        return places;
    }

    private int middle(int place, int stride) {
        return Math.min(size - 1, place * stride + SyntheticOptions.PATCH / 2);
    }
}
