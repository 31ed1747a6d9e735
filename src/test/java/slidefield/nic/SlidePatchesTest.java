package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Base;
import slidefield.fit.OpenedSlide;
import slidefield.fit.SlidePlane;
import slidefield.io.InputException;
import slidefield.score.Resolution;
import slidefield.slide.CroppedSlide;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** Where patches are drawn from. */
class SlidePatchesTest {
    private static final int SIDE = 8;
    private static final List<PlaceColours> SLIDES =
            List.of(new PlaceColours(1, 100, 60, 70, 30), new PlaceColours(2, 80, 90, 80, 40));

    private static int column(byte[] patch) {
        return patch[0] & 0xFF;
    }

    private static int row(byte[] patch) {
        return patch[1] & 0xFF;
    }

    private static int slide(byte[] patch) {
        return patch[2];
    }

    @Property(tries = 10)
    void patchesLieInTissue(@ForAll long seed) {
        PatchSet patches = new SlidePatches(SLIDES, SIDE, seed).unlabelled(40);
        assertEquals(40, patches.count());
        for (byte[] patch : patches.patches()) {
            PlaceColours slide = SLIDES.get(slide(patch) - 1);
            assertTrue(column(patch) + SIDE / 2 <= slide.tissueEnd(), "half of it is tissue");
            // the last pixel's colours are those of its place: a whole patch was read
            assertEquals(column(patch) + SIDE - 1, patch[patch.length - 3] & 0xFF);
            assertEquals(row(patch) + SIDE - 1, patch[patch.length - 2] & 0xFF);
        }
    }

    @Test
    void theSeedDecidesAndEverySlideIsThere() {
        PatchSet patches = new SlidePatches(SLIDES, SIDE, 3).unlabelled(40);
        PatchSet again = new SlidePatches(SLIDES, SIDE, 3).unlabelled(40);
        PatchSet other = new SlidePatches(SLIDES, SIDE, 4).unlabelled(40);
        assertArrayEquals(patches.patches().toArray(), again.patches().toArray());
        assertFalse(
                Arrays.deepEquals(patches.patches().toArray(), other.patches().toArray()));
        long first = patches.patches().stream().filter(p -> slide(p) == 1).count();
        assertTrue(first > 8 && first < 32, "of the first slide " + first);
    }

    @Property(tries = 10)
    void pairsAreOfOnePlaceOrOfTwoThatDoNotOverlap(@ForAll long seed) {
        PatchPairs pairs = new SlidePatches(SLIDES, SIDE, seed).pairs(60);
        assertEquals(60, pairs.count());
        for (int i = 0; i < 60; i++) {
            byte[] one = pairs.patches().patches().get(pairs.first()[i]);
            byte[] two = pairs.patches().patches().get(pairs.second()[i]);
            assertEquals(i % 2 == 0, pairs.same()[i]);
            if (pairs.same()[i]) {
                assertEquals(pairs.first()[i], pairs.second()[i]);
            } else if (slide(one) == slide(two)) {
                int across = Math.abs(column(one) - column(two));
                int down = Math.abs(row(one) - row(two));
                assertEquals(SIDE, Math.max(across, down), "neighbours share an edge");
                assertEquals(0, Math.min(across, down));
            }
        }
    }

    @Test
    void aboutAQuarterOfTheOthersIsOfAnotherSlide() {
        PatchPairs pairs = new SlidePatches(SLIDES, SIDE, 5).pairs(1000);
        int apart = 0;
        for (int i = 1; i < 1000; i += 2) {
            byte[] one = pairs.patches().patches().get(pairs.first()[i]);
            byte[] two = pairs.patches().patches().get(pairs.second()[i]);
            apart += slide(one) == slide(two) ? 0 : 1;
        }
        // 125 of 500 expected, a deviation of 9.7
        assertTrue(apart > 90 && apart < 160, "apart " + apart);
    }

    @Test
    void oneSlideAloneHasPairsToo() {
        PatchPairs pairs = new SlidePatches(SLIDES.subList(0, 1), SIDE, 6).pairs(200);
        for (int i = 1; i < 200; i += 2) {
            byte[] one = pairs.patches().patches().get(pairs.first()[i]);
            byte[] two = pairs.patches().patches().get(pairs.second()[i]);
            int across = Math.abs(column(one) - column(two));
            int down = Math.abs(row(one) - row(two));
            assertTrue(Math.max(across, down) >= SIDE);
        }
    }

    @Test
    void halfOfTheLabelledOnesAreTumourAtTheirCentre() {
        PatchSet patches = new SlidePatches(SLIDES, SIDE, 7).tumour(60);
        assertEquals(List.of("normal", "tumour"), patches.classes());
        assertEquals(30, Arrays.stream(patches.labels()).sum());
        for (int i = 0; i < 60; i++) {
            byte[] patch = patches.patches().get(i);
            int middle = 3 * (SIDE / 2 * SIDE + SIDE / 2);
            PlaceColours slide = SLIDES.get(patch[middle + 2] - 1);
            int column = patch[middle] & 0xFF;
            // it lies inside, as reading elsewhere throws, and was read whole
            assertEquals(column(patch) + SIDE - 1, patch[patch.length - 3] & 0xFF);
            if (Math.abs(column - slide.lesionEnd()) > 1) {
                assertEquals(column < slide.lesionEnd() ? 1 : 0, patches.labels()[i], "column " + column);
            }
        }
    }

    @Test
    void tissuesAreOfTheMasksClassAtTheirCentre(@TempDir Path folder) throws IOException {
        // given a mask of quarter size: 10 left of the middle, 20 right of it, 30 nowhere
        BufferedImage image = new BufferedImage(20, 15, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 300; i++) {
            image.getRaster().setSample(i % 20, i / 20, 0, i % 20 < 10 ? 10 : 20);
        }
        Path file = folder.resolve("mask.png");
        ImageIO.write(image, "png", file.toFile());
        SlidePatches patches = new SlidePatches(List.of(new PlaceColours(1, 80, 60, 80, 0)), SIDE, 8);
        try (Slide mask = Slides.open(file)) {
            // when
            PatchSet drawn = patches.tissues(40, List.of(ClassMask.of(mask, List.of(20, 10))), List.of("b", "a"));
            // then
            for (int i = 0; i < 40; i++) {
                assertEquals(i % 2, drawn.labels()[i]);
                int centre = column(drawn.patches().get(i)) + SIDE / 2;
                assertEquals(centre < 40 ? "a" : "b", drawn.classes().get(drawn.labels()[i]), "column " + centre);
            }
            // the right half of the same mask
            ClassMask half = new ClassMask(mask, List.of(10, 20), 0.5, 0, 0.5, 1);
            assertEquals(1, half.at(0.01, 0.5));
            assertEquals(0, ClassMask.of(mask, List.of(10, 20)).at(0.49, 0.5));
            assertEquals(-1, ClassMask.of(mask, List.of(10, 30)).at(0.51, 0.5));
            InputException none = assertThrows(
                    InputException.class,
                    () -> patches.tissues(4, List.of(ClassMask.of(mask, List.of(10, 30))), List.of("a", "fat")));
            assertTrue(none.getMessage().contains("no fat found"), none.getMessage());
            assertThrows(IllegalArgumentException.class, () -> ClassMask.of(mask, List.of(10, 10)));
            assertThrows(IllegalArgumentException.class, () -> new ClassMask(mask, List.of(10, 20), 0.6, 0, 0.5, 1));
        }
    }

    @Test
    void aMaskCoversTheWholeSlideAlsoWhereARegionIsAsked(@TempDir Path folder) throws IOException {
        // given a mask of half the slide's size, 1 in its right upper quarter, and a region across it
        BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 320; i++) {
            image.getRaster().setSample(i % 20, i / 20, 0, i % 20 >= 10 && i / 20 < 8 ? 1 : 2);
        }
        Path mask = folder.resolve("mask.png");
        ImageIO.write(image, "png", mask.toFile());
        Path slide = folder.resolve("slide.png");
        ImageIO.write(new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB), "png", slide.toFile());
        Path square = folder.resolve("square.png");
        ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", square.toFile());
        try (Slide whole = Slides.open(slide);
                Slide of = Slides.open(mask);
                Slide other = Slides.open(square)) {
            List<Integer> values = List.of(1, 2);
            Slide region = new CroppedSlide(whole, 16, 8, 16, 16);
            // when / then: the region's quarter is that beyond a quarter of its width and above half of its height
            ClassMask over = ClassMask.over(of, values, region);
            assertEquals(1, over.at(0.2, 0.2));
            assertEquals(0, over.at(0.3, 0.45));
            assertEquals(1, over.at(0.3, 0.55));
            assertEquals(0, ClassMask.over(of, values, whole).at(0.51, 0.49));
            InputException shape = assertThrows(InputException.class, () -> ClassMask.over(of, values, other));
            assertTrue(shape.getMessage().contains("20 x 16"), shape.getMessage());
        }
    }

    @Test
    void averagedPatchesAreTheCoarserPlanes(@TempDir Path folder) throws IOException {
        // given
        Random random = new Random(5);
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 48 * 32; i++) {
            image.setRGB(i % 48, i / 48, random.nextInt(1 << 24));
        }
        Path file = folder.resolve("slide.png");
        ImageIO.write(image, "png", file.toFile());
        int factor = 4;
        try (OpenedSlide slide = OpenedSlide.open(file, OptionalDouble.of(1), Optional.empty(), Base.ofMpp(1))) {
            SlidePlane plane = slide.at(Resolution.BASE);
            byte[] fine = bytes(plane, 8, 16, 16);
            // when
            PatchSet averaged = new PatchSet(16, 3, List.of(fine), new int[] {1}, List.of("a", "b")).averaged(factor);
            // then
            assertEquals(4, averaged.side());
            assertArrayEquals(new int[] {1}, averaged.labels());
            byte[] coarse = bytes(plane.coarser(factor), 2, 4, 4);
            for (int i = 0; i < coarse.length; i++) {
                assertEquals(coarse[i] & 0xFF, averaged.patches().get(0)[i] & 0xFF, 1, "value " + i);
            }
            PatchSet odd = PatchSet.unlabelled(16, 3, List.of(fine));
            assertThrows(IllegalArgumentException.class, () -> odd.averaged(3));
            assertEquals(odd, odd.averaged(1));
        }
    }

    private static byte[] bytes(SlidePlane plane, int x, int y, int side) {
        float[] values = new float[side * side * 3];
        plane.rgb(x, y, side, side, values);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * values[i]);
        }
        return bytes;
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        refused("split 'train'", List.of(), p -> p.unlabelled(1));
        refused("smaller than a patch of 8", List.of(new PlaceColours(1, 7, 60, 7, 3)), p -> p.unlabelled(1));
        refused("no tissue found in places1", List.of(new PlaceColours(1, 40, 40, 0, 3)), p -> p.unlabelled(1));
        refused("no two places", List.of(new PlaceColours(1, 8, 8, 8, 3)), p -> p.pairs(2));
        refused("lie inside places1", List.of(new PlaceColours(1, 40, 40, 40, 3)), p -> p.tumour(4));
        refused("have no lesion", List.of(new PlaceColours(1, 40, 40, 40, 0)), p -> p.tumour(4));
        refused("have no normal tissue", List.of(new PlaceColours(1, 40, 40, 40, 40)), p -> p.tumour(4));
        refused("has no annotation", List.of(new PlaceColours(1, 40, 40, 40, -1)), p -> p.tumour(4));
        refused("SLIDEFIELD_HEAP", SLIDES, p -> p.unlabelled(Integer.MAX_VALUE));
    }

    private interface Draw {
        Object from(SlidePatches patches);
    }

    private static void refused(String why, List<PlaceColours> slides, Draw draw) {
        InputException refused = assertThrows(InputException.class, () -> draw.from(new SlidePatches(slides, SIDE, 1)));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
