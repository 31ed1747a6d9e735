package slidefield.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.notebook.Grid;
import slidefield.notebook.ImagePictures;
import slidefield.notebook.Maps;
import slidefield.notebook.Overlay;
import slidefield.notebook.Pictures;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;

/** The files of one segmented plain image. */
final class ImageSegmentFiles {
    private final Path folder;
    private final LabelledImage image;
    private final boolean scored;
    private final List<Path> files = new ArrayList<>();

    /**
     * @param folder where they go
     * @param image with its classes, if they are known
     * @param scored whether they are known
     */
    ImageSegmentFiles(Path folder, LabelledImage image, boolean scored) {
        this.folder = folder;
        this.image = image;
        this.scored = scored;
    }

    /** The files written. */
    List<Path> written() {
        return List.copyOf(files);
    }

    /** Writes mask and overlay and, where neighbours were asked, the uncertainty. */
    void answer(SegmentedImage found) {
        save("mask", mask(found.width(), found.height(), found.classes(), found.outputs() > 1));
        Grid mask = ImagePictures.mask(found);
        save(
                "overlay",
                overlay(mask).probability(ImagePictures.probability(found)).withLegend());
        if (found.variance().length > 0) {
            save("uncertainty", Maps.picture(ImagePictures.uncertainty(found)));
        }
    }

    /**
     * Writes mask and overlay of an answer without probabilities.
     *
     * @param size of the mask
     * @param classes a number a pixel
     * @param foreground how many classes there are besides background
     */
    void mask(PixelSize size, byte[] classes, int foreground) {
        save("mask", mask(size.width(), size.height(), classes, foreground > 1));
        save(
                "overlay",
                overlay(ImagePictures.mask(size.width(), size.height(), classes))
                        .withLegend());
    }

    private void save(String part, BufferedImage picture) {
        Path file = folder.resolve(image.name() + "-" + part + ".png");
        Pictures.save(picture, file);
        files.add(file);
    }

    private Overlay overlay(Grid mask) {
        Overlay overlay = Overlay.on(ImagePictures.of(image)).prediction(mask);
        return scored ? overlay.truth(ImagePictures.truth(image)) : overlay;
    }

    /** 0 and 255 for one class, otherwise class numbers. */
    private static BufferedImage mask(int width, int height, byte[] classes, boolean numbers) {
        int factor = numbers ? 1 : 255;
        BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < classes.length; i++) {
            mask.getRaster().setSample(i % width, i / width, 0, factor * classes[i]);
        }
        return mask;
    }
}
