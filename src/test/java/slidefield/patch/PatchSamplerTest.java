package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.fit.Orientation;
import slidefield.io.InputException;

class PatchSamplerTest {
    private static final List<Integer> SCALES = List.of(1, 2, 4, 8);
    private static final int SIZE = 32;

    private static PatchOptions patches(double lesionShare) {
        return new PatchOptions(SIZE, 1, lesionShare, 8, 0.25);
    }

    private static PatchSampler sampler(AnalyticPlane plane, List<Integer> scales, double lesionShare, long seed) {
        return PatchSampler.of(List.of(plane), scales, patches(lesionShare), Augmentation.NONE, seed);
    }

    @ParameterizedTest
    @CsvSource({"640,480", "641,483", "1003,517", "389,611"})
    void patchesOfAllScalesHaveACommonCentre(int width, int height) {
        AnalyticPlane plane = AnalyticPlane.of(width, height);
        PatchSampler sampler = sampler(plane, SCALES, 0.5, 3);

        for (PatchSite site : sampler.draw("test", 1, 12)) {
            double centreX = site.x() + SIZE / 2.0;
            double centreY = site.y() + SIZE / 2.0;
            for (int index = 0; index < SCALES.size(); index++) {
                float[] colours = sampler.colours(site, index);
                for (int k = 0; k < SIZE * SIZE; k++) {
                    double x = centreX + (k % SIZE + 0.5 - SIZE / 2.0) * SCALES.get(index);
                    double y = centreY + (k / SIZE + 0.5 - SIZE / 2.0) * SCALES.get(index);
                    double edge = 1.5 * SCALES.get(index);
                    if (x > edge && y > edge && x < width - edge && y < height - edge) {
                        assertEquals(x / width, colours[3 * k], 2e-6, site + " scale " + index);
                        assertEquals(y / height, colours[3 * k + 1], 2e-6, site + " scale " + index);
                    } else if (x < -edge || y < -edge || x > width + edge || y > height + edge) {
                        assertEquals(1f, colours[3 * k + 2], "white is expected at " + x + ", " + y);
                    }
                }
            }
        }
    }

    @Test
    void wherePixelEdgesMeetPatchesAreThePlanesOwnPixels() {
        AnalyticPlane plane = AnalyticPlane.of(640, 480);
        PatchSampler sampler = sampler(plane, SCALES, 1, 5);
        float[] pixels = new float[3 * SIZE * SIZE];

        int compared = 0;
        for (PatchSite site : sampler.draw("test", 1, 40)) {
            for (int index = 0; index < SCALES.size(); index++) {
                int scale = SCALES.get(index);
                int x = (site.x() + SIZE / 2) / scale - SIZE / 2;
                int y = (site.y() + SIZE / 2) / scale - SIZE / 2;
                AnalyticPlane coarse = plane.coarser(scale);
                if (x >= 0 && y >= 0 && x + SIZE <= coarse.width() && y + SIZE <= coarse.height()) {
                    coarse.rgb(x, y, SIZE, SIZE, pixels);
                    assertArrayEquals(pixels, sampler.colours(site, index));
                    compared++;
                }
            }
        }
        assertTrue(compared > 40, "compared " + compared);
    }

    @Test
    void outsideTheSlideIsWhiteAndNoLesion() {
        // given a slide smaller than a patch, all of it lesion
        AnalyticPlane plane = AnalyticPlane.of(20, 12).withDisc(0.5, 0.5, 2);
        PatchSampler sampler = sampler(plane, List.of(1), 1, 1);
        PatchSite site = sampler.draw("test", 1, 1).get(0);

        float[] colours = sampler.colours(site, 0);
        float[] lesion = sampler.lesion(site);

        for (int k = 0; k < lesion.length; k++) {
            int x = site.x() + k % SIZE;
            int y = site.y() + k / SIZE;
            boolean inside = x >= 0 && y >= 0 && x < 20 && y < 12;
            assertEquals(inside ? 1f : 0f, lesion[k]);
            assertEquals(inside ? AnalyticPlane.BLUE : 1f, colours[3 * k + 2]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.7, 1})
    void theWantedShareOfPatchesHasALesionAtItsCentre(double share) {
        AnalyticPlane plane = AnalyticPlane.of(200, 150);
        PatchSampler sampler = sampler(plane, List.of(1), share, 11);

        List<PatchSite> drawn = sampler.draw("test", 1, 400);

        assertEquals(
                Math.round(400 * share),
                drawn.stream().filter(PatchSite::lesion).count());
        for (int n : new int[] {8, 40, 200}) {
            long lesions = drawn.stream().limit(n).filter(PatchSite::lesion).count();
            assertTrue(Math.abs(lesions - n * share) <= 1, lesions + " of the first " + n);
        }
        for (PatchSite site : drawn) {
            float[] lesion = sampler.lesion(site);
            int middle = SIZE / 2 * SIZE + SIZE / 2;
            float sum = lesion[middle] + lesion[middle - 1] + lesion[middle - SIZE] + lesion[middle - SIZE - 1];
            assertTrue(site.lesion() ? sum > 0 : sum < 4, site + " has " + sum + " of 4 lesion pixels in its middle");
        }
    }

    @Test
    void centresLieInTissue() {
        AnalyticPlane plane = AnalyticPlane.of(400, 300).withTissueUntil(0.6);
        PatchSampler sampler = sampler(plane, List.of(1), 0.5, 2);

        for (PatchSite site : sampler.draw("test", 1, 200)) {
            assertTrue(site.x() + SIZE / 2 <= 0.6 * 400 + 1, site.toString());
        }
    }

    @Test
    void whatIsDrawnDependsOnSeedAndEpochAlone() {
        AnalyticPlane plane = AnalyticPlane.of(640, 480);
        Augmentation all = new Augmentation(true, true, 0.1, 0.1);
        PatchSampler one = PatchSampler.of(List.of(plane), SCALES, patches(0.5), all, 7);
        PatchSampler two = PatchSampler.of(List.of(plane), SCALES, patches(0.5), all, 7);
        PatchSampler other = PatchSampler.of(List.of(plane), SCALES, patches(0.5), all, 8);

        List<PatchSite> drawn = one.draw("test", 3, 30);
        one.draw("test", 4, 5);

        assertEquals(places(drawn), places(two.draw("test", 3, 30)));
        assertEquals(places(drawn).subList(0, 10), places(two.draw("test", 3, 10)));
        assertNotEquals(places(drawn), places(two.draw("test", 4, 30)));
        assertNotEquals(places(drawn), places(two.draw("other", 3, 30)));
        assertNotEquals(places(drawn), places(other.draw("test", 3, 30)));
        for (int i = 0; i < drawn.size(); i++) {
            PatchSite again = two.draw("test", 3, 30).get(i);
            assertArrayEquals(one.colours(drawn.get(i), 2), two.colours(again, 2));
            assertArrayEquals(one.lesion(drawn.get(i)), two.lesion(again));
        }
    }

    private static List<List<Object>> places(List<PatchSite> sites) {
        return sites.stream()
                .map(s -> List.<Object>of(s.x(), s.y(), s.lesion(), s.orientation()))
                .toList();
    }

    @Test
    void augmentationMovesAllScalesAndTheLabelAlike() {
        AnalyticPlane plane = AnalyticPlane.of(640, 480);
        PatchSampler plain = sampler(plane, SCALES, 1, 7);
        PatchSampler varied =
                PatchSampler.of(List.of(plane), SCALES, patches(1), new Augmentation(true, true, 0, 0), 7);

        List<Orientation> seen = new ArrayList<>();
        for (PatchSite site : varied.draw("test", 1, 60)) {
            PatchSite asItLies = new PatchSite(site.slide(), site.x(), site.y(), site.lesion(), Orientation.NONE, null);
            seen.add(site.orientation());
            for (int index = 0; index < SCALES.size(); index++) {
                float[] turned = new float[3 * SIZE * SIZE];
                site.orientation().turn(plain.colours(asItLies, index), 3, SIZE, SIZE, turned);
                assertArrayEquals(turned, varied.colours(site, index));
            }
            float[] turned = new float[SIZE * SIZE];
            site.orientation().turn(plain.lesion(asItLies), 1, SIZE, SIZE, turned);
            assertArrayEquals(turned, varied.lesion(site));
        }
        assertEquals(8, seen.stream().distinct().count());
    }

    @Test
    void stainAndLightChangeTheSlideAndNotTheWhiteAroundIt() {
        AnalyticPlane plane = AnalyticPlane.of(40, 40).withDisc(0.5, 0.5, 2);
        PatchSampler plain = sampler(plane, List.of(1, 2), 1, 7);
        PatchSampler varied =
                PatchSampler.of(List.of(plane), List.of(1, 2), patches(1), new Augmentation(false, false, 0.2, 0.1), 7);

        int changed = 0;
        for (PatchSite site : varied.draw("test", 1, 10)) {
            float[] before = plain.colours(site(site), 1);
            float[] after = varied.colours(site, 1);
            for (int k = 0; k < SIZE * SIZE; k++) {
                if (before[3 * k + 2] == 1f) {
                    assertEquals(1f, after[3 * k + 2]);
                } else if (before[3 * k + 2] == AnalyticPlane.BLUE) {
                    changed += Math.abs(after[3 * k + 2] - AnalyticPlane.BLUE) > 1e-3 ? 1 : 0;
                    assertEquals(AnalyticPlane.BLUE, after[3 * k + 2], 0.15);
                }
            }
            assertArrayEquals(plain.lesion(site(site)), varied.lesion(site));
        }
        assertTrue(changed > 100, "changed " + changed);
    }

    private static PatchSite site(PatchSite varied) {
        return new PatchSite(varied.slide(), varied.x(), varied.y(), varied.lesion(), Orientation.NONE, null);
    }

    @ParameterizedTest
    @CsvSource({"640,480", "641,483"})
    void noPixelOfTheHeldOutStripIsReadForTraining(int width, int height) {
        AnalyticPlane plane = AnalyticPlane.of(width, height);
        PatchMap map = PatchMap.of(plane);
        HeldOut parts = HeldOut.of(plane, map, 0.25);
        ScaledPlanes slide = new ScaledPlanes(plane, SCALES);

        List<AnalyticPlane.Reading> learning = read(plane, slide.within(parts.training()), map);
        List<AnalyticPlane.Reading> checking = read(plane, slide.within(parts.validation()), map);

        assertTrue(learning.size() > 100 && checking.size() > 100);
        for (AnalyticPlane.Reading one : learning) {
            for (AnalyticPlane.Reading other : checking) {
                assertFalse(one.overlaps(other), one + " and " + other);
            }
        }
        // and together they are the slide
        assertEquals(
                width * height, parts.training().area() + parts.validation().area());
    }

    private static List<AnalyticPlane.Reading> read(AnalyticPlane plane, ScaledPlanes part, PatchMap map) {
        PatchSampler sampler = new PatchSampler(List.of(part), List.of(map), patches(0.5), Augmentation.NONE, 1);
        plane.readings.clear();
        for (PatchSite site : sampler.draw("test", 1, 60)) {
            for (int index = 0; index < SCALES.size(); index++) {
                sampler.colours(site, index);
            }
        }
        return List.copyOf(plane.readings);
    }

    @Test
    void theStripHoldsItsShareOfTheLesions() {
        // given a lesion that only strips along the top and the bottom cut evenly
        AnalyticPlane plane = AnalyticPlane.of(400, 400).withDisc(0.5, 0.25, 0.2);
        PatchMap map = PatchMap.of(plane);

        HeldOut parts = HeldOut.of(plane, map, 0.25);

        double inside = map.cells(PatchMap.Kind.LESION, parts.validation()).length;
        double outside = map.cells(PatchMap.Kind.LESION, parts.training()).length;
        assertTrue(inside > 0 && outside > 0, inside + " and " + outside);
    }

    @Test
    void slidesThatCannotBeUsedAreRefusedByName() {
        PatchOptions options = patches(0.5);
        AnalyticPlane unknown = AnalyticPlane.of(40, 40).withDisc(0, 0, -1);
        AnalyticPlane glass = AnalyticPlane.of(40, 40).withTissueUntil(0);

        assertRefused("no slide", () -> PatchSampler.of(List.of(), SCALES, options, Augmentation.NONE, 1));
        assertRefused(
                "analytic has no annotation",
                () -> PatchSampler.of(List.of(unknown), SCALES, options, Augmentation.NONE, 1));
        assertRefused(
                "no tissue found in analytic",
                () -> PatchSampler.of(List.of(glass), SCALES, options, Augmentation.NONE, 1));
    }

    private static void assertRefused(String message, Runnable use) {
        InputException refused = assertThrows(InputException.class, use::run);
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
