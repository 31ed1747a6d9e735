package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.io.InputException;
import slidefield.nn.Engine;

class SlideFoldsTest {
    @Property(tries = 200)
    void foldsAreDisjointCompleteAndEven(
            @ForAll @IntRange(min = 3, max = 60) int slides,
            @ForAll @IntRange(min = 3, max = 6) int count,
            @ForAll @IntRange(min = 1, max = 4) int classes,
            @ForAll long seed) {
        if (slides < count) {
            return;
        }
        List<LabelledGrid> all = new ArrayList<>();
        for (int i = 0; i < slides; i++) {
            int label = i * 7 % 5 % classes;
            all.add(new LabelledGrid("s" + i, label, 1, k -> null));
        }
        SlideFolds folds = SlideFolds.of(all, SlideTask.CLASSES, count, seed);
        assertEquals(folds, SlideFolds.of(all, SlideTask.CLASSES, count, seed));
        Set<Integer> heldOut = new HashSet<>();
        for (int k = 0; k < count; k++) {
            SlideFolds.Fold fold = folds.fold(k);
            // every slide is in one part of every fold
            List<Integer> parts = new ArrayList<>(fold.learnt());
            parts.addAll(fold.unseen());
            parts.addAll(fold.heldOut());
            assertEquals(slides, parts.size());
            assertEquals(slides, new HashSet<>(parts).size());
            // and held out of one fold
            fold.heldOut().forEach(i -> assertTrue(heldOut.add(i)));
            assertTrue(fold.heldOut().size() == slides / count || fold.heldOut().size() == slides / count + 1);
            assertEquals(fold.unseen(), folds.fold((k + 1) % count).heldOut());
            for (int c = 0; c < classes; c++) {
                int label = c;
                long whole = all.stream().filter(s -> s.label() == label).count();
                long here = fold.heldOut().stream()
                        .filter(i -> all.get(i).label() == label)
                        .count();
                assertTrue(here == whole / count || here == whole / count + 1, "class " + c);
            }
        }
        assertEquals(slides, heldOut.size());
    }

    @Test
    void fourPartitionsAreTwoOneAndOne() {
        List<LabelledGrid> slides = TinySlides.of("s", 40);
        SlideFolds folds = SlideFolds.of(slides, SlideTask.BINARY, 4, 1);
        assertEquals(20, folds.fold(2).learnt().size());
        assertEquals(10, folds.fold(2).unseen().size());
        assertEquals(10, folds.fold(2).heldOut().size());
        assertNotEquals(folds, SlideFolds.of(slides, SlideTask.BINARY, 4, 2));
        assertThrows(InputException.class, () -> SlideFolds.of(slides, SlideTask.BINARY, 2, 1));
        assertThrows(InputException.class, () -> SlideFolds.of(slides.subList(0, 3), SlideTask.BINARY, 4, 1));
    }

    @Test
    void theFoldsOfAManifestAreTakenAsTheyAre() {
        // given
        List<LabelledGrid> slides = TinySlides.of("s", 6);
        List<SlideEntry> entries = new ArrayList<>();
        List<Integer> folds = List.of(7, 0, 2, 0, 7, 2);
        for (int i = 0; i < 6; i++) {
            entries.add(entry("s" + i, folds.get(i), Split.TRAIN));
        }
        entries.add(entry("other", null, Split.TEST));
        Manifest manifest = new Manifest("m", null, Base.ofMpp(1), null, null, null, entries);
        // when / then
        SlideFolds found = SlideFolds.of(slides, manifest);
        assertEquals(List.of(List.of(1, 3), List.of(2, 5), List.of(0, 4)), found.partitions());
        assertEquals(new SlideFolds.Fold(List.of(2, 5), List.of(1, 3), List.of(0, 4)), found.fold(2));
        Manifest round = manifest.heldOut(7);
        assertEquals(
                List.of("s0", "s4", "other"),
                round.split(Split.TEST).stream().map(SlideEntry::name).toList());
        assertEquals(
                List.of("s1", "s3"),
                round.split(Split.VALIDATION).stream().map(SlideEntry::name).toList());
        assertEquals(manifest.folds(), round.folds());
        List<LabelledGrid> unfolded = new ArrayList<>(slides);
        unfolded.add(TinySlides.slide("other", 1));
        assertThrows(InputException.class, () -> SlideFolds.of(unfolded, manifest));
        assertThrows(InputException.class, () -> manifest.heldOut(1));
        Manifest two = new Manifest("m", null, Base.ofMpp(1), null, null, null, entries.subList(1, 4));
        assertThrows(InputException.class, () -> two.heldOut(0));
        assertThrows(InputException.class, () -> SlideFolds.of(slides.subList(1, 4), two));
    }

    private static SlideEntry entry(String name, Integer fold, Split split) {
        return new SlideEntry(
                name,
                name + ".tif",
                null,
                null,
                null,
                split,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                fold,
                null);
    }

    @Test
    void everySlideIsPredictedByTheNetworkThatHasNotSeenIt() {
        // given a brief training, so that the networks differ
        SlideCnnSettings settings = TinySlides.settings().with(List.of("training.epochs=1", "training.batch=4"));
        List<LabelledGrid> slides = TinySlides.of("s", 12);
        try (Engine engine = Engine.preferred()) {
            // when
            CrossValidation.Result result = CrossValidation.run(engine, settings, slides, 4, FitListener.NONE);

            // then
            assertEquals(4, result.trained().size());
            assertEquals(12, result.heldOut().size());
            for (int k = 0; k < 4; k++) {
                for (int i : result.folds().fold(k).heldOut()) {
                    assertEquals(slides.get(i).name(), result.heldOut().get(i).name());
                    assertEquals(
                            result.trained().get(k).network().predict(slides.get(i)),
                            result.heldOut().get(i));
                }
            }
            LabelledGrid other = TinySlides.slide("other", 1);
            double mean = result.trained().stream()
                    .mapToDouble(t -> t.network().predict(other).score())
                    .average()
                    .orElseThrow();
            assertEquals(mean, result.predict(other).score(), 1e-12);
        }
    }

    @Test
    void scoresAreThoseOfThePaper() {
        List<SlidePrediction> predictions = List.of(
                new SlidePrediction("a", 0, List.of(0.9, 0.1)),
                new SlidePrediction("b", 1, List.of(0.6, 0.4)),
                new SlidePrediction("c", 0, List.of(0.5, 0.5)),
                new SlidePrediction("d", 1, List.of(0.2, 0.8)));
        // b scores below c, of 2 x 2 pairs
        assertEquals(0.75, SlideScores.auc(predictions), 1e-12);
        assertEquals(0.75, SlideScores.accuracy(predictions), 1e-12);
        List<SlidePrediction> numbers = List.of(
                new SlidePrediction("a", -1, List.of(2.0)),
                new SlidePrediction("b", 5, List.of(7.0)),
                new SlidePrediction("c", 2, List.of(3.0)));
        assertEquals(1, SlideScores.spearman(numbers).rho(), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> SlidePrediction.mean(List.of(predictions.get(0), predictions.get(1))));
    }
}
