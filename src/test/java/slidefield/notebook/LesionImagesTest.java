package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.SlideEntry;
import slidefield.fit.OpenedSlide;
import slidefield.fit.SlidePlane;
import slidefield.io.InputException;
import slidefield.score.Resolution;
import slidefield.slide.PhantomOptions;
import slidefield.swipe.ImageSet;
import slidefield.swipe.LabelledImage;

class LesionImagesTest {
    private static final int SIDE = 128;

    @TempDir
    Path folder;

    private Example.DataSet drawn(Path file) {
        return new Example.DataSet(Manifest.read(file), DataRoot.of(folder).forManifest(file));
    }

    private Path phantoms(int slides, PhantomOptions options) {
        return PhantomSet.make(folder.resolve("slides"), slides, options, 5, done -> {})
                .manifest();
    }

    private static PhantomOptions small() {
        return PhantomOptions.defaults().withSize(256, 192);
    }

    @Test
    void theyAreAllSquaresOfTheSlidesThatShowABorderAndNoOthers() {
        // given a slide with large lesions
        Path file = phantoms(1, PhantomOptions.defaults().withSize(1024, 768).withLesionFraction(0.45));
        Example.DataSet slides = drawn(file);
        // when squares are cut
        Path cut = LesionImages.of(file, slides);
        // then they lie beside the slides and say what they are
        assertEquals(folder.resolve("slides/lesion-images/lesion-images.yaml").toAbsolutePath(), cut.toAbsolutePath());
        ImageSetManifest manifest = ImageSetManifest.read(cut);
        assertEquals("phantom-lesions", manifest.name());
        DataRoot data = DataRoot.of(folder).forManifest(cut);
        manifest.splits(data, 0).forEach((split, pairs) -> assertFalse(pairs.isEmpty(), split.word()));
        // and each is a part of its slide, colours and lesions, with a border
        Map<String, LabelledImage> images = new HashMap<>();
        for (ImagePair pair : manifest.pairs(data)) {
            images.put(pair.name(), ImageSet.read(pair, manifest));
        }
        int[] seen = new int[3];
        for (SlideEntry entry : slides.manifest().slides()) {
            try (OpenedSlide slide = OpenedSlide.open(entry, slides.manifest().base(), slides.data())) {
                compare(slide.at(Resolution.BASE), images, seen);
            }
        }
        assertEquals(images.size(), seen[1]);
        assertTrue(seen[0] > 0 && seen[2] > 0, "squares with hardly any lesion and with hardly anything else");
    }

    /** Counts squares below the least share of lesion, those that are images, and those above the most. */
    private static void compare(SlidePlane plane, Map<String, LabelledImage> images, int[] seen) {
        for (int y = 0; y + SIDE <= plane.height(); y += SIDE) {
            for (int x = 0; x + SIDE <= plane.width(); x += SIDE) {
                byte[] mask = plane.mask(x, y, SIDE, SIDE);
                double share = 0;
                for (byte each : mask) {
                    share += (double) each / mask.length;
                }
                LabelledImage image = images.get("images/" + plane.name() + "-" + x + "-" + y + ".png");
                assertEquals(share >= 0.03 && share <= 0.9, image != null, plane.name() + " " + x + ", " + y);
                seen[share < 0.03 ? 0 : share > 0.9 ? 2 : 1]++;
                if (image != null) {
                    assertArrayEquals(mask, image.classes());
                    int[] rgb = plane.view().region(x, y, SIDE, SIDE).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
                    assertEquals(rgb[SIDE + 3] & 0xFFFFFF, image.rgb()[SIDE + 3]);
                    assertEquals(rgb[rgb.length - 1] & 0xFFFFFF, image.rgb()[rgb.length - 1]);
                }
            }
        }
    }

    @Test
    void theyAreCutOnce() throws IOException {
        Path file = phantoms(2, small());
        Path cut = LesionImages.of(file, drawn(file));
        Path masks = cut.resolveSibling("masks");
        Path one;
        try (var found = Files.list(masks)) {
            one = found.findFirst().orElseThrow();
        }
        Files.delete(one);

        assertEquals(cut, LesionImages.of(file, drawn(file)));

        assertFalse(Files.exists(one));
    }

    @Test
    void slidesWithTooFewLesionsAreRefused() throws IOException {
        // given slides whose annotations the manifest does not name
        Path file = phantoms(1, small());
        Path plain = file.resolveSibling("plain.yaml");
        Files.write(
                plain,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.strip().startsWith("annotation"))
                        .toList());

        InputException failure = assertThrows(InputException.class, () -> LesionImages.of(plain, drawn(plain)));

        assertTrue(failure.getMessage().contains("found 0; name a set of images"), failure.getMessage());
        assertFalse(Files.exists(folder.resolve("slides/lesion-images/lesion-images.yaml")));
    }
}
