package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.nn.Storage;

@Tag("once")
class TrainerTest {
    private static final Settings SMALL = Settings.preset("teaching")
            .with(List.of(
                    "normaliseStain=false",
                    "field.hashGrid.levels=5",
                    "field.hashGrid.log2Table=9",
                    "field.decoder.width=8",
                    "field.head.width=8",
                    "field.head.dilations=[1, 2]",
                    "training.window=32",
                    "training.jitter=4",
                    "training.reconstructionEpochs=4",
                    "training.lesionEpochs=4",
                    "training.latents.scales=[1, 2]",
                    "training.latents.virtualSlides=1",
                    "training.latents.virtualEpochs=2",
                    "ito.epochs=4"));
    private static final List<DiscPlane> SLIDES =
            List.of(DiscPlane.of("one", 64, 48, 1), DiscPlane.of("two", 40, 64, 2));
    /** Where tables would be on disk; unused unless a test asks for it. */
    private static final Path FOLDER = Path.of("absent");

    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);

    private static Trainer trainer() {
        return new Trainer(ENGINE, SMALL, SLIDES, FOLDER);
    }

    /** Every weight of a trainer by name. */
    private static Map<String, List<Float>> weights(Trainer trainer) {
        Map<String, List<Float>> copy = new LinkedHashMap<>();
        trainer.state().forEach((name, array) -> {
            List<Float> values = new ArrayList<>();
            for (long i = 0; i < array.length(); i++) {
                values.add(array.getFloat(i));
            }
            copy.put(name, values);
        });
        return copy;
    }

    @Test
    void bothStepsLowerTheirLoss() {
        Trainer trainer = trainer();

        trainer.train(FitListener.NONE, t -> {});

        List<EpochReport> r = trainer.reports();
        assertTrue(first(r, Phase.RECONSTRUCTION).loss()
                > 1.2 * last(r, Phase.RECONSTRUCTION).loss());
        assertTrue(first(r, Phase.LESION).loss() > last(r, Phase.LESION).loss());
    }

    private static EpochReport first(List<EpochReport> reports, Phase phase) {
        return reports.stream().filter(r -> r.phase() == phase).findFirst().orElseThrow();
    }

    private static EpochReport last(List<EpochReport> reports, Phase phase) {
        return reports.stream()
                .filter(r -> r.phase() == phase)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void stepTwoLeavesEverythingButTheLesionHeadBitIdentical() {
        Trainer trainer = trainer();
        Map<String, List<Float>> afterStepOne = new LinkedHashMap<>();

        trainer.train(FitListener.NONE, t -> {
            if (afterStepOne.isEmpty() && t.reports().size() == SMALL.training().reconstructionEpochs()) {
                afterStepOne.putAll(weights(t));
            }
        });

        Map<String, List<Float>> atTheEnd = weights(trainer);
        int changed = 0;
        for (String name : afterStepOne.keySet()) {
            if (name.contains("lesion")) {
                changed += afterStepOne.get(name).equals(atTheEnd.get(name)) ? 0 : 1;
            } else {
                assertEquals(afterStepOne.get(name), atTheEnd.get(name), name);
            }
        }
        assertTrue(changed > 0);
    }

    @Test
    void stepOneLeavesTheLesionHeadBitIdentical() {
        Trainer trainer = trainer();
        Map<String, List<Float>> before = weights(trainer);
        Map<String, List<Float>> afterStepOne = new LinkedHashMap<>();

        trainer.train(FitListener.NONE, t -> {
            if (afterStepOne.isEmpty() && t.reports().size() == SMALL.training().reconstructionEpochs()) {
                afterStepOne.putAll(weights(t));
            }
        });

        before.keySet().stream()
                .filter(n -> n.startsWith("field.lesion"))
                .forEach(name -> assertEquals(before.get(name), afterStepOne.get(name), name));
        assertNotEquals(before.get("slide.0.table"), afterStepOne.get("slide.0.table"));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Trainer one = trainer();
        Trainer two = trainer();

        one.train(FitListener.NONE, t -> {});
        two.train(FitListener.NONE, t -> {});

        assertEquals(weights(one), weights(two));
    }

    @Test
    void tablesOnDiskGiveTheBitsOfTablesInMemory(@TempDir Path folder) {
        Trainer inMemory = trainer();
        Trainer onDisk = new Trainer(ENGINE, SMALL.with("training.tablesOnDisk", "always"), SLIDES, folder);

        inMemory.train(FitListener.NONE, t -> {});
        onDisk.train(FitListener.NONE, t -> Checkpoint.save(folder, t));

        assertEquals(weights(inMemory), weights(onDisk));

        Trainer resumed = new Trainer(ENGINE, SMALL.with("training.tablesOnDisk", "always"), SLIDES, folder);
        Checkpoint.load(folder, resumed);
        assertEquals(weights(inMemory), weights(resumed));
    }

    @Test
    void tablesGoToDiskWhereTheyWouldCrowdTheMemory(@TempDir Path folder) {
        // given 3 x 4 bytes of table and moments for each of the paper's 40,456,144 numbers
        long slide = TablesOnDisk.bytes(Settings.preset("paper"), 1);
        assertEquals(485_473_728, slide);

        assertSame(Storage.MEMORY, TablesOnDisk.AUTO.storage(2 * slide, 4 * slide, DataType.FLOAT, folder));
        assertNotSame(Storage.MEMORY, TablesOnDisk.AUTO.storage(3 * slide, 4 * slide, DataType.FLOAT, folder));
        assertSame(Storage.MEMORY, TablesOnDisk.NEVER.storage(3 * slide, 4 * slide, DataType.FLOAT, folder));
        assertNotSame(Storage.MEMORY, TablesOnDisk.ALWAYS.storage(1, 4 * slide, DataType.FLOAT, folder));
        assertEquals(0, TablesOnDisk.bytes(SMALL.with("field.encoding", "raw"), 9));
    }

    @Test
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(@TempDir Path folder) {
        Trainer whole = trainer();
        whole.train(FitListener.NONE, t -> {});
        for (int stopAfter : new int[] {2, 4, 6, 9}) {
            Trainer cut = trainer();
            assertThrows(
                    CancellationException.class,
                    () -> cut.train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (t.reports().size() >= stopAfter) {
                            throw new CancellationException();
                        }
                    }));
            Trainer resumed = trainer();
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});

            assertEquals(weights(whole), weights(resumed), "stopped after " + stopAfter);
        }
    }

    @Test
    void anInterruptStopsTheTraining() {
        Trainer trainer = trainer();
        FitListener interrupts = new FitListener() {
            @Override
            public void step(Phase phase, double loss) {
                Thread.currentThread().interrupt();
            }
        };

        var stopped = assertThrows(CancellationException.class, () -> trainer.train(interrupts, t -> {}));

        assertTrue(stopped.getMessage().contains("epoch 1 of step 1"), stopped.getMessage());
    }

    @Test
    void fittingAnUnseenSlideChangesNoSharedWeight() {
        Trainer trainer = trainer();
        TrainedField trained = trainer.train(FitListener.NONE, t -> {});
        Map<String, List<Float>> before = weights(trainer);

        Fitted fitted = trained.with(SMALL.with("ito.epochs", "15").ito())
                .fit(DiscPlane.of("unseen", 60, 50, 9), FitListener.NONE);

        assertEquals(before, weights(trainer));
        assertTrue(fitted.epochs().get(0).loss()
                > fitted.epochs().get(fitted.epochs().size() - 1).loss());
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "frequency"})
    void aFixedEncodingIsTrainedAndHasNothingToFitAfterwards(String encoding) {
        Trainer trainer = new Trainer(ENGINE, SMALL.with("field.encoding", encoding), SLIDES, FOLDER);
        TrainedField trained = trainer.train(FitListener.NONE, t -> {});
        DiscPlane unseen = DiscPlane.of("unseen", 60, 50, 9);

        Fitted fitted = trained.fit(unseen, FitListener.NONE);

        List<EpochReport> r = trainer.reports();
        assertTrue(first(r, Phase.RECONSTRUCTION).loss()
                > last(r, Phase.RECONSTRUCTION).loss());
        assertEquals(1, fitted.epochs().size());
        assertEquals(60 * 50, trained.predict(fitted, unseen, FitListener.NONE).mask().length);
    }

    @Test
    void aSavedFieldPredictsTheSame(@TempDir Path folder) {
        TrainedField trained = trainer().train(FitListener.NONE, t -> {});
        DiscPlane unseen = DiscPlane.of("unseen", 60, 50, 9);

        trained.save(folder);
        TrainedField loaded = TrainedField.load(folder, SMALL, ENGINE);

        assertArrayEquals(
                trained.predict(trained.fit(unseen, FitListener.NONE), unseen, FitListener.NONE)
                        .mask(),
                loaded.predict(loaded.fit(unseen, FitListener.NONE), unseen, FitListener.NONE)
                        .mask());
    }

    @Test
    void aFieldTrainedInFloat32FitsAndPredictsInBf16(@TempDir Path folder) {
        TrainedField trained = trainer().train(FitListener.NONE, t -> {});
        DiscPlane unseen = DiscPlane.of("unseen", 60, 50, 9);
        trained.save(folder);

        TrainedField narrow = TrainedField.load(folder, SMALL, Engine.reference(Precision.BF16));

        Fitted wideFit = trained.fit(unseen, FitListener.NONE);
        Fitted narrowFit = narrow.fit(unseen, FitListener.NONE);
        double wideLoss = wideFit.epochs().get(wideFit.epochs().size() - 1).loss();
        double narrowLoss =
                narrowFit.epochs().get(narrowFit.epochs().size() - 1).loss();
        assertEquals(wideLoss, narrowLoss, 0.05 * wideLoss);
        Prediction wide = trained.predict(wideFit, unseen, FitListener.NONE);
        Prediction same = narrow.predict(wideFit, unseen, FitListener.NONE);
        double largest = 0;
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 60; x++) {
                largest = Math.max(largest, Math.abs(wide.probability(x, y) - same.probability(x, y)));
            }
        }
        assertTrue(largest > 0 && largest < 0.02, "probabilities differ by " + largest);
    }

    @Test
    void aTrainingSplitWithoutAnyLesionIsRefused() {
        DiscPlane clean = new DiscPlane("clean", 40, 40, new float[40 * 40 * 3], new float[40 * 40]);

        var refused = assertThrows(InputException.class, () -> new Trainer(ENGINE, SMALL, List.of(clean), FOLDER));

        assertTrue(refused.getMessage().contains("no lesion in the whole training split (clean)"));
    }
}
