package slidefield.nic;

import slidefield.io.InputException;
import slidefield.slide.Slide;
import slidefield.slide.Tissue;
import slidefield.slide.View;

/**
 * A slide at one resolution, colours x / 255 * 2 - 1, white outside.
 *
 * <p>Reading is safe from several threads at once; closing the slide while another thread reads is not.
 */
final class SlidePixels implements PixelPlane {
    /** Stored pixels may be magnified, but a resolution finer than this is a mistaken unit. */
    private static final double MOST_MAGNIFIED = 8;

    private final View view;
    private final TissueRule rule;
    /** Null where it does not matter. */
    private final Tissue tissue;

    /** @throws InputException if the slide does not know its pixels' size, or the resolution is far finer than its own */
    SlidePixels(Slide slide, double mpp, TissueRule rule) {
        if (slide.mpp().isEmpty()) {
            throw new InputException("slide " + slide.name() + " does not say how many micrometres a pixel is; give it with"
                    + " --slide-mpp, or as mpp: in the manifest");
        }
        double own = slide.mpp().getAsDouble();
        if (own > MOST_MAGNIFIED * mpp) {
            throw new InputException("slide " + slide.name() + " has " + own + " um per pixel: " + mpp
                    + " would magnify it " + Math.round(own / mpp) + " times; check --mpp and the slide's pixel size");
        }
        this.view = View.at(slide, mpp);
        this.rule = rule;
        this.tissue = rule == TissueRule.MASK ? Tissue.of(slide) : null;
    }

    @Override
    public String name() {
        return view.slide().name();
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
    public int colours() {
        return 3;
    }

    @Override
    public void read(int x, int y, int w, int h, float[] into) {
        view.rgb(x, y, w, h, into);
        for (int i = 0; i < 3 * w * h; i++) {
            into[i] = 2 * into[i] - 1;
        }
    }

    @Override
    public boolean mayHold(int x, int y, int side) {
        if (rule != TissueRule.MASK) {
            return true;
        }
        double sx = view.scaleX();
        double sy = view.scaleY();
        return tissue.fraction(x * sx, y * sy, (x + side) * sx, (y + side) * sy) > TissueRule.LEAST_TISSUE;
    }

    @Override
    public boolean holds(float[] patch) {
        if (rule != TissueRule.INTENSITY) {
            return true;
        }
        double sum = 0;
        for (float value : patch) {
            sum += value;
        }
        return (sum / patch.length + 1) * 127.5 < TissueRule.BACKGROUND;
    }
}
