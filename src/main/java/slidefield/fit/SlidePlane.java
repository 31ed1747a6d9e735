package slidefield.fit;

import slidefield.slide.Lesions;
import slidefield.slide.Tissue;
import slidefield.slide.View;

/**
 * A slide's colours, lesions and tissue at one resolution.
 *
 * <p>Reading is safe from several threads at once.
 */
public final class SlidePlane implements Plane {
    /**
     * Planes up to this size are held in memory while {@link HeapRoom#PLANES} has room, so that a step does not wait for
     * the file.
     */
    private static final long CACHED_BYTES = 1L << 30;

    private final String name;
    private final View view;
    private final Lesions lesions;
    private final Tissue tissue;
    /** The plane that this one is a coarser sampling of; null where it is none. */
    private final SlidePlane base;

    private byte[] mask;
    private boolean streamsMask;
    private StainStatistics stain;

    /**
     * @param name for tables and files
     * @param view the slide at this resolution
     * @param lesions its lesions, or null where they are not known
     * @param tissue where tissue is
     */
    public SlidePlane(String name, View view, Lesions lesions, Tissue tissue) {
        this(name, view, lesions, tissue, null);
    }

    private SlidePlane(String name, View view, Lesions lesions, Tissue tissue, SlidePlane base) {
        this.name = name;
        this.view = cached(view);
        this.lesions = lesions;
        this.tissue = tissue;
        this.base = base;
    }

    private static View cached(View view) {
        long bytes = 3L * view.width() * view.height();
        if (view.isCached() || bytes > CACHED_BYTES || !HeapRoom.PLANES.takeCollecting(bytes)) {
            return view;
        }
        View held = view;
        try {
            held = view.cached(bytes);
            return held;
        } finally {
            if (held == view) {
                HeapRoom.PLANES.give(bytes);
            } else {
                HeapRoom.PLANES.giveAfter(held, bytes);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return view.width();
    }

    @Override
    public int height() {
        return view.height();
    }

    @Override
    public double aspect() {
        return (double) view.slide().width() / view.slide().height();
    }

    @Override
    public SlidePlane coarser(int factor) {
        return factor == 1 ? this : new SlidePlane(name, view.coarser(factor), lesions, tissue, this);
    }

    /** The pixels of this resolution. */
    public View view() {
        return view;
    }

    @Override
    public void rgb(int x, int y, int width, int height, float[] into) {
        view.rgb(x, y, width, height, into);
    }

    @Override
    public synchronized StainStatistics stain() {
        if (stain == null) {
            stain = base == null ? StainStatistics.of(this) : base.stain();
        }
        return stain;
    }

    @Override
    public boolean annotated() {
        return lesions != null;
    }

    @Override
    public void lesion(int x, int y, int width, int height, float[] into) {
        byte[] part = mask(x, y, width, height);
        for (int i = 0; i < part.length; i++) {
            into[i] = part[i];
        }
    }

    /** The lesion mask of a part, 1 where lesion, row by row. */
    public byte[] mask(int x, int y, int width, int height) {
        if (lesions == null) {
            throw new IllegalStateException(name + " has no annotation");
        }
        byte[] whole = wholeMask();
        if (whole == null) {
            return lesions.mask(view, x, y, width, height);
        }
        byte[] part = new byte[width * height];
        for (int j = 0; j < height; j++) {
            System.arraycopy(whole, (y + j) * width() + x, part, j * width, width);
        }
        return part;
    }

    /** The lesions of the whole plane, or null where they are too large to be held. */
    private synchronized byte[] wholeMask() {
        long bytes = (long) width() * height();
        if (mask == null && !streamsMask && bytes <= CACHED_BYTES && HeapRoom.PLANES.takeCollecting(bytes)) {
            HeapRoom.PLANES.giveAfter(this, bytes);
            mask = lesions.mask(view, 0, 0, width(), height());
        }
        streamsMask = mask == null;
        return mask;
    }

    @Override
    public double tissue(int x, int y, int width, int height) {
        double sx = view.scaleX();
        double sy = view.scaleY();
        return tissue.fraction(x * sx, y * sy, (x + width) * sx, (y + height) * sy);
    }
}
