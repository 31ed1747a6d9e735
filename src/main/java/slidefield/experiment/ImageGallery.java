package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slidefield.notebook.ImagePictures;
import slidefield.notebook.Montage;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;

/**
 * A few images with every network's outline (yellow) and the truth's (cyan) side by side, as in the supplement's Figure 2.
 * Which images it shows does not depend on the answers: the first ones by name.
 */
final class ImageGallery {
    private static final int CELL = 160;
    private static final int SHOWN = 4;

    private final Set<String> methods = new LinkedHashSet<>();
    private final Map<LabelledImage, List<BufferedImage>> rows = new LinkedHashMap<>();

    /** Adds an answer, if its image is one of those shown. All networks answer the same images in the same order. */
    void add(String method, LabelledImage image, SegmentedImage found) {
        if (rows.size() < SHOWN || rows.containsKey(image)) {
            methods.add(method);
            rows.computeIfAbsent(image, first -> new ArrayList<>()).add(ImagePictures.outlined(image, found));
        }
    }

    /** The picture: a row an image, a column a network. */
    BufferedImage picture() {
        Montage montage = Montage.of(CELL, List.copyOf(methods));
        rows.forEach((image, row) -> montage.row(image.shortName(), row));
        return montage.image();
    }
}
