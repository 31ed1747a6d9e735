package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.ImagePart;
import slidefield.data.ImageSetManifest;
import slidefield.data.Manifest;
import slidefield.data.MaskValues;
import slidefield.data.SlideEntry;
import slidefield.data.SplitRule;
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
    /** So few are dealt to all three splits. */
    private static final int LEAST_IMAGES = 4;

    private static final String MANIFEST = "lesion-images.yaml";

    private LesionImages() {}

    /**
     * Cuts them once, beside slides that lie beside their manifest, otherwise under {@code data/}.
     *
     * @param file the slides' manifest
     * @param slides the same, read
     * @return the images' manifest
     * @throws InputException if a slide cannot be read, or shows too few lesions
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
            if (count < LEAST_IMAGES) {
                throw new InputException("expected " + LEAST_IMAGES + " squares of the slides of " + manifest.name()
                        + " with a lesion's border, one or more for each split, found " + count
                        + "; name a set of images with SLIDEFIELD_IMAGES");
            }
            described(manifest.name()).write(result);
        }
        return result;
    }

    private static ImageSetManifest described(String slides) {
        return new ImageSetManifest(
                slides + "-lesions",
                "Squares of the slides of " + slides
                        + " that show a lesion's border; squares of one slide are in several" + " splits.",
                null,
                null,
                null,
                null,
                List.of("lesion"),
                MaskValues.BLACK_AND_WHITE,
                false,
                List.of(new ImagePart("images/*.png", "masks/*.png")),
                null,
                SplitRule.SWIPE);
    }

    /** Writes a slide's squares and their masks; gives their number. */
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
