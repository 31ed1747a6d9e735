package slidefield.fit;

import java.util.List;
import slidefield.io.InputException;

/** The complaints about training slides that no lesion can be learnt from. */
final class NoLesion {
    private NoLesion() {}

    /**
     * @param slides of the training split
     * @throws InputException if there is none, one has no annotation, or none has a lesion
     */
    static void check(List<? extends Plane> slides) {
        if (slides.isEmpty()) {
            throw new InputException("no training slide; give at least one the split 'train'");
        }
        for (Plane slide : slides) {
            if (!slide.annotated()) {
                throw new InputException(
                        slide.name() + " has no annotation; step 2 needs one for every training slide");
            }
        }
        if (slides.stream().noneMatch(NoLesion::hasLesion)) {
            throw new InputException("no lesion in the whole training split ("
                    + String.join(", ", slides.stream().map(Plane::name).toList())
                    + "); step 2 would learn to answer background everywhere");
        }
    }

    private static boolean hasLesion(Plane slide) {
        int rows = 64;
        float[] strip = new float[slide.width() * rows];
        for (int y = 0; y < slide.height(); y += rows) {
            int height = Math.min(rows, slide.height() - y);
            slide.lesion(0, y, slide.width(), height, strip);
            for (int i = 0; i < slide.width() * height; i++) {
                if (strip[i] > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
