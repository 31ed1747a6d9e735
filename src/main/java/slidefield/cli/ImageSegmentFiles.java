package slidefield.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.notebook.ImagePictures;
import slidefield.notebook.Maps;
import slidefield.notebook.Overlay;
import slidefield.notebook.Pictures;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;

/** The files of one segmented plain image. */
final class ImageSegmentFiles {
    private ImageSegmentFiles() {}

    /**
     * Writes the mask (0 and 255 for one class, otherwise class numbers), an overlay and, where neighbours were asked,
     * the uncertainty.
     *
     * @param folder where
     * @param image with its classes, if they are known
     * @param found the answer
     * @param scored whether they are known
     * @return the files
     */
    static List<Path> write(Path folder, LabelledImage image, SegmentedImage found, boolean scored) {
        List<Path> files = new ArrayList<>();
        byte[] classes = found.classes();
        files.add(folder.resolve(image.name() + "-mask.png"));
        Pictures.save(mask(found, classes), files.get(0));
        files.add(folder.resolve(image.name() + "-overlay.png"));
        Overlay overlay = Overlay.on(ImagePictures.of(image))
                .probability(ImagePictures.probability(found))
                .prediction(ImagePictures.mask(found));
        if (scored) {
            overlay.truth(ImagePictures.truth(image));
        }
        Pictures.save(overlay.withLegend(), files.get(1));
        if (found.variance().length > 0) {
            files.add(folder.resolve(image.name() + "-uncertainty.png"));
            Pictures.save(Maps.picture(ImagePictures.uncertainty(found)), files.get(2));
        }
        return files;
    }

    private static BufferedImage mask(SegmentedImage found, byte[] classes) {
        int factor = found.outputs() == 1 ? 255 : 1;
        BufferedImage mask = new BufferedImage(found.width(), found.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < classes.length; i++) {
            mask.getRaster().setSample(i % found.width(), i / found.width(), 0, factor * classes[i]);
        }
        return mask;
    }
}
