package slidefield.nic;

import slidefield.fit.Plane;
import slidefield.fit.StainStatistics;

/**
 * A slide whose colours say where a pixel lies: red is its column, green its row, blue the slide, all of 255. Tissue ends at a
 * column; lesion is what lies left of another.
 */
record PlaceColours(int number, int width, int height, int tissueEnd, int lesionEnd) implements Plane {
    @Override
    public String name() {
        return "places" + number;
    }

    @Override
    public double aspect() {
        return (double) width / height;
    }

    @Override
    public PlaceColours coarser(int factor) {
        return new PlaceColours(number, width / factor, height / factor, tissueEnd / factor, lesionEnd / factor);
    }

    @Override
    public void rgb(int x, int y, int w, int h, float[] into) {
        if (x < 0 || y < 0 || x + w > width || y + h > height) {
            throw new IllegalArgumentException("a part inside the plane is expected");
        }
        for (int i = 0; i < w * h; i++) {
            into[3 * i] = (x + i % w) / 255f;
            into[3 * i + 1] = (y + i / w) / 255f;
            into[3 * i + 2] = number / 255f;
        }
    }

    @Override
    public StainStatistics stain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean annotated() {
        return lesionEnd >= 0;
    }

    @Override
    public void lesion(int x, int y, int w, int h, float[] into) {
        for (int i = 0; i < w * h; i++) {
            into[i] = x + i % w < lesionEnd ? 1 : 0;
        }
    }

    @Override
    public double tissue(int x, int y, int w, int h) {
        return Math.max(0, Math.min(1, (double) (tissueEnd - x) / w));
    }
}
