package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.fit.OpenedSlide;
import slidefield.fit.SlidePlane;
import slidefield.io.InputException;
import slidefield.score.Resolution;

/**
 * A set of plain images with masks that is always at hand: squares of annotated slides at Base that show a lesion's border.
 * They do not overlap, but several are of one slide.
 */
final class LesionImages {
    /** Pixels along a square's sides; less on slides that are not as many times larger. */
    private static final int SIDE = 128;

    private static final int LEAST_ACROSS = 4;
    /** Shares of a square that are lesion. */
    private static final double LEAST = 0.03;

    private static final double MOST = 0.9;
    private static final String MANIFEST = "lesion-images.yaml";

    private LesionImages() {}

    /**
     * Cuts them once, beside slides that lie beside their manifest, otherwise under {@code data/}.
     *
     * @param file the slides' manifest
     * @param slides the same, read
     * @return the images' manifest
     * @throws InputException if a slide cannot be read, or no lesion is found
     */
    static Path of(Path file, Example.DataSet slides) {
        Manifest manifest = slides.manifest();
        Path beside = file.toAbsolutePath().getParent();
        boolean own = Files.exists(beside.resolve(manifest.slides().get(0).path()));
        Path folder =
                (own ? beside : DataRoot.home().resolve("data").resolve(manifest.name())).resolve("lesion-images");
        Path result = folder.resolve(MANIFEST);
        if (!Files.exists(result)) {
            int count = 0;
            for (SlideEntry entry : manifest.slides()) {
                if (entry.annotation() != null) {
                    try (OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), slides.data())) {
                        count += cut(slide.at(Resolution.BASE), folder);
                    }
                }
            }
            if (count == 0) {
                throw new InputException("no square of the slides of " + manifest.name()
                        + " shows a lesion's border; name a set of images with SLIDEFIELD_IMAGES");
            }
            ImageSetManifest.ofFolder(folder, ".png", "lesion").write(result);
        }
        return result;
    }

    private static int cut(SlidePlane plane, Path folder) {
        int side = Math.min(SIDE, Math.min(plane.width(), plane.height()) / LEAST_ACROSS);
        int count = 0;
        for (int y = 0; y + side <= plane.height(); y += side) {
            for (int x = 0; x + side <= plane.width(); x += side) {
                byte[] mask = plane.mask(x, y, side, side);
                long lesion = 0;
                for (byte each : mask) {
                    lesion += each == 0 ? 0 : 1;
                }
                if (lesion >= LEAST * mask.length && lesion <= MOST * mask.length) {
                    String name = plane.name() + "-" + x + "-" + y + ".png";
                    Pictures.save(
                            plane.view().region(x, y, side, side),
                            folder.resolve("images").resolve(name));
                    Pictures.save(picture(mask, side), folder.resolve("masks").resolve(name));
                    count++;
                }
            }
        }
        return count;
    }

    private static BufferedImage picture(byte[] mask, int side) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < mask.length; i++) {
            picture.getRaster().setSample(i % side, i / side, 0, mask[i] == 0 ? 0 : 255);
        }
        return picture;
    }
}
