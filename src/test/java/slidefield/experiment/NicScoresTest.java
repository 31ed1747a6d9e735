package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.data.SyntheticOptions;
import slidefield.io.InputException;
import slidefield.nic.SlidePrediction;
import tech.tablesaw.api.Table;

/** Scores of whole slides and of synthetic images, with numbers by hand. */
class NicScoresTest {
    private static final Manifest SLIDES = manifest(
            entry("a", Split.TRAIN, "negative"),
            entry("b", Split.TRAIN, "micro"),
            entry("c", Split.TRAIN, "macro"),
            entry("d", Split.TEST, "negative"),
            entry("e", Split.TEST, "negative"),
            entry("f", Split.TEST, "negative"),
            entry("g", Split.TEST, "micro"),
            entry("h", Split.TEST, "macro"),
            entry("i", Split.TEST, "macro"));

    private static Manifest manifest(SlideEntry... slides) {
        return new Manifest("m", null, Base.ofMpp(0.5), null, null, null, List.of(slides));
    }

    private static SlideEntry entry(String name, Split split, String label) {
        return SlideEntry.of(name, name + ".tif", null, split).withLabel(label);
    }

    private static SlidePrediction slide(String name, double label, double score) {
        return new SlidePrediction(name, label, List.of(1 - score, score));
    }

    /** Three training slides and six test slides. */
    private static List<SlidePrediction> slides(double micro) {
        return List.of(
                slide("a", 0, 0.9),
                slide("b", 1, 0.1),
                slide("c", 1, 0.95),
                slide("d", 0, 0.2),
                slide("e", 0, 0.3),
                slide("f", 0, 0.7),
                slide("g", 1, micro),
                slide("h", 1, 0.6),
                slide("i", 1, 0.8));
    }

    @Test
    void theSetsDifferInTheirSlidesAndInWhatIsPositive() {
        // given
        List<SlidePrediction> slides = slides(0.75);
        // when / then
        assertEquals((0 + 4 + 3 + 2 + 3) / 20.0, NicSet.ALL.auc(SLIDES, slides), 1e-12);
        assertEquals((3 + 2 + 3) / 9.0, NicSet.TEST.auc(SLIDES, slides), 1e-12, "g, h and i against d, e and f");
        assertEquals((2 + 4) / 8.0, NicSet.MACRO.auc(SLIDES, slides), 1e-12, "h and i against d, e, f and g");
        assertEquals(
                (2 + 3) / 6.0, NicSet.MACRO_WITHOUT_MICRO.auc(SLIDES, slides), 1e-12, "h and i against d, e and f");
    }

    @Test
    void aSetOfOneKindHasNoArea() {
        assertTrue(Double.isNaN(NicSet.TEST.auc(SLIDES, List.of(slide("h", 1, 1)))));
    }

    @Test
    void otherLabelsAndSlidesAreRefused() {
        Manifest odd = manifest(entry("a", Split.TEST, "positive"), entry("b", Split.TEST, null));
        String message = assertThrows(InputException.class, () -> NicSet.ALL.auc(odd, List.of(slide("a", 1, 1))))
                .getMessage();
        assertTrue(message.contains("slide a") && message.contains("'positive'"), message);
        assertThrows(InputException.class, () -> NicSet.ALL.auc(odd, List.of(slide("b", 1, 1))));
        assertThrows(InputException.class, () -> NicSet.ALL.auc(odd, List.of(slide("z", 1, 1))));
    }

    @Test
    void encodersHaveTheMeanOverTheirInitialisations() {
        // given
        SlideOutcomes outcomes = new SlideOutcomes(SLIDES)
                .add("VAE", 0, slides(0.75))
                .add("VAE", 1, slides(0.25))
                .add("BiGAN", 0, slides(0.75));
        // when
        Spread area = outcomes.auc("VAE", NicSet.TEST);
        // then: g at 0.25 beats one of three instead of all
        assertEquals((8 / 9.0 + 6 / 9.0) / 2, area.mean(), 1e-12);
        assertEquals(2 / 9.0 / Math.sqrt(2), area.deviation(), 1e-12);
        assertTrue(Double.isNaN(outcomes.auc("BiGAN", NicSet.TEST).deviation()));
        assertTrue(Double.isNaN(outcomes.auc("Mean-RGB", NicSet.TEST).mean()));
        assertEquals(0.5, outcomes.mean("VAE").get(6).score(), 1e-12);
        Table table = outcomes.aucTable(NicPaper.table2());
        assertEquals(2 * NicSet.values().length, table.rowCount());
        assertEquals(area.mean(), table.doubleColumn("auc").get(1));
        assertEquals(0.671, table.doubleColumn("paper_auc").get(1));
        assertTrue(table.doubleColumn("paper_auc").isMissing(3), "the paper has one reading of Macro");
        assertEquals(27, outcomes.perSlide().rowCount());
    }

    @Test
    void predictionsOfOtherSlidesAreNotCompared() {
        // given
        SlideOutcomes outcomes = new SlideOutcomes(SLIDES).add("VAE", 0, slides(0.5));
        List<SlidePrediction> fewer = slides(0.5).subList(0, 8);
        List<SlidePrediction> twice = List.of(slides(0.5).get(0), slides(0.5).get(0));
        // when / then
        assertThrows(IllegalArgumentException.class, () -> outcomes.add("VAE", 1, fewer));
        assertThrows(IllegalArgumentException.class, () -> outcomes.add("VAE", 0, slides(0.5)));
        assertThrows(IllegalArgumentException.class, () -> new SlideOutcomes(SLIDES).add("VAE", 0, twice));
        assertThrows(IllegalArgumentException.class, () -> new SlideOutcomes(SLIDES).add("VAE", 0, List.of()));
    }

    @Test
    void correlationsAreOfLabelsThatAreNumbers() {
        // given ranks 1 2 3 4 against 1 3 2 4: rho = 1 - 6 * 2 / (4 * 15)
        SlideOutcomes outcomes = new SlideOutcomes(SLIDES)
                .add(
                        "BiGAN",
                        0,
                        List.of(slide("a", -1.5, 0), slide("b", 0.25, 2), slide("c", 0.5, 1), slide("d", 7, 3)));
        // when / then
        assertEquals(0.8, outcomes.spearman("BiGAN").mean(), 1e-12);
    }

    @Test
    void proliferationScoresAreTheSecondColumnOfTheSlidesRow(@TempDir Path folder) throws IOException {
        // given
        Manifest manifest = manifest(
                entry("TUPAC-TR-003", Split.TRAIN, null),
                entry("TUPAC-TR-001", Split.TRAIN, null),
                entry("TUPAC-TE-002", Split.TEST, null));
        Path csv = Files.writeString(folder.resolve("t.csv"), "3,-0.5\r\n1, 0.25\n2,1e-1\n\n");
        // when
        Manifest labelled = TupacLabels.fill(manifest, csv);
        // then
        assertEquals(0.1, labelled.slide("TUPAC-TR-003").labelNumber());
        assertEquals(-0.5, labelled.slide("TUPAC-TR-001").labelNumber());
        assertNull(labelled.slide("TUPAC-TE-002").label());
        for (String wrong : List.of("3,-0.5\n1,0.25\n", "1,2\n1,2\n1\n", "1,2\n1,2\n1,x\n", "1,2\n1,2\n1,NaN\n")) {
            Path file = Files.writeString(folder.resolve("w.csv"), wrong);
            String message = assertThrows(InputException.class, () -> TupacLabels.fill(manifest, file))
                    .getMessage();
            assertTrue(message.contains("w.csv") && message.contains("TUPAC-TR-003"), message);
        }
        assertThrows(InputException.class, () -> TupacLabels.fill(manifest, folder.resolve("none.csv")));
    }

    @Test
    void binsHoldTheirLowerEdgeAndTheLastOneItsUpperEdge() {
        // given / when
        Binned binned =
                Binned.of(new double[] {0, 1, 2, 4}, new double[] {0, 0.99, 1, 4, 3}, new double[] {1, 0, 1, 0.5, 0.1});
        // then
        assertArrayEquals(new int[] {2, 1, 2}, binned.counts());
        assertArrayEquals(new double[] {0.5, 1, 0.3}, binned.means(), 1e-12);
        Binned gap = Binned.of(new double[] {0, 1, 2, 3}, new double[] {0, 3}, new double[] {1, 2});
        assertArrayEquals(new double[] {1, 2}, gap.found());
        assertThrows(
                IllegalArgumentException.class,
                () -> Binned.of(new double[] {0, 1}, new double[] {1.5}, new double[] {1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Binned.of(new double[] {0, 0}, new double[] {0}, new double[] {1}));
    }

    @Test
    void edgesDealValuesEvenly() {
        assertArrayEquals(new double[] {1, 3, 6}, Binned.evenly(new double[] {6, 1, 3, 2}, 2), 1e-12);
        assertArrayEquals(new double[] {1, 2}, Binned.evenly(new double[] {1, 1, 1, 2}, 2), 1e-12);
        double[] equal = {5, 5};
        assertArrayEquals(
                new int[] {2}, Binned.of(Binned.evenly(equal, 3), equal, equal).counts());
        double[] many = {1, 2, 3, 4, 5, 6, 7, 8};
        assertArrayEquals(
                new int[] {2, 2, 2, 2},
                Binned.of(Binned.evenly(many, 4), many, many).counts());
    }

    @Test
    void lesionsAreMeasuredByTheirCircle() {
        // given 4 pi square millimetres: a radius of 2 mm
        assertEquals(2, LesionSizeCurve.radius(4 * Math.PI), 1e-12);
        Map<String, Double> areas = Map.of("g", Math.PI, "h", 4 * Math.PI, "c", 400 * Math.PI);
        // when
        LesionSizeCurve curve = LesionSizeCurve.of(SLIDES, slides(0.25), NicSet.TEST, areas, 2);
        // then: i has no area, c is no test slide
        assertArrayEquals(new double[] {1, 2, 2}, curve.positive().edges(), 1e-12);
        assertArrayEquals(new int[] {1, 1}, curve.positive().counts());
        assertArrayEquals(new double[] {0.25, 0.6}, curve.positive().means(), 1e-12);
        assertEquals(0.4, curve.negative(), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> LesionSizeCurve.of(SLIDES, slides(0.25), NicSet.TEST, Map.of("c", 1.0), 2));
        assertThrows(IllegalArgumentException.class, () -> LesionSizeCurve.radius(Double.NaN));
    }

    @Test
    void syntheticAccuracyIsCountedBySizeOfTheTiltedRectangle() {
        // given images of 900 pixels: 9 and 89 are small, 90 and 449 are not
        SyntheticOptions options = SyntheticOptions.paper().withSize(900);
        int[] tilted = {9, 89, 89, 90, 449};
        // when
        SyntheticAccuracy accuracy =
                SyntheticAccuracy.of(options, tilted, new int[] {1, 2, 3, 4, 5}, new int[] {1, 0, 0, 4, 5});
        // then
        assertEquals(0.6, accuracy.accuracy(), 1e-12);
        assertEquals(1 / 3.0, accuracy.accuracy(true), 1e-12);
        assertEquals(1, accuracy.accuracy(false), 1e-12);
        assertEquals(10, accuracy.bySize().counts().length);
        assertEquals(1, accuracy.bySize().counts()[9]);
        assertThrows(
                IllegalArgumentException.class, () -> SyntheticAccuracy.of(options, tilted, new int[5], new int[4]));
    }
}
