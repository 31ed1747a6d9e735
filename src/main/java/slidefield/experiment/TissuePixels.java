package slidefield.experiment;

import slidefield.fit.Glass;
import slidefield.fit.Part;
import slidefield.fit.Plane;
import slidefield.score.Confusion;

/**
 * The pixels of a plane that are not bare glass, by the rule by which all methods answer background there.
 *
 * @param tissue one per pixel, row by row
 * @param count how many are tissue
 */
record TissuePixels(boolean[] tissue, int count) {
    static TissuePixels of(Plane plane) {
        Part whole = new Part(0, 0, plane.width(), plane.height());
        boolean[] tissue = Glass.clear(plane, whole, new float[whole.area()], null);
        int count = 0;
        for (boolean pixel : tissue) {
            count += pixel ? 1 : 0;
        }
        return new TissuePixels(tissue, count);
    }

    /** The tissue's values. */
    float[] of(float[] values) {
        float[] kept = new float[count];
        int at = 0;
        for (int i = 0; i < tissue.length; i++) {
            if (tissue[i]) {
                kept[at++] = values[i];
            }
        }
        return kept;
    }

    /** The tissue's values. */
    byte[] of(byte[] values) {
        byte[] kept = new byte[count];
        int at = 0;
        for (int i = 0; i < tissue.length; i++) {
            if (tissue[i]) {
                kept[at++] = values[i];
            }
        }
        return kept;
    }

    /**
     * What calling all tissue a lesion counts.
     *
     * @param truth of the whole plane
     */
    Confusion allLesion(byte[] truth) {
        byte[] answer = new byte[tissue.length];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (byte) (tissue[i] ? 1 : 0);
        }
        return new Confusion().add(answer, truth);
    }
}
