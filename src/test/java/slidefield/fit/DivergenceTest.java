package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.StateDigest;
import slidefield.nn.Engine;
import slidefield.nn.FaultyEngine;

/** A number that is none stops a training in that very step, and the message says where and what. */
class DivergenceTest {
    private static final Settings SETTINGS = SmallFieldTraining.SETTINGS.with("training.reconstructionEpochs", "2");
    private static final List<DiscPlane> SLIDES = SmallFieldTraining.SLIDES;
    /** Windows of both slides in an epoch of step 1. */
    private static final int WINDOWS = 8;

    @TempDir
    Path folder;

    private static Trainer trainer(Engine engine) {
        return new Trainer(engine, SETTINGS, SLIDES, Path.of("absent"));
    }

    /** Counts steps, and does something after one of them. */
    private static final class Counting implements FitListener {
        private final Phase phase;
        private final int at;
        private final Runnable then;
        private int steps;

        Counting(Phase phase, int at, Runnable then) {
            this.phase = phase;
            this.at = at;
            this.then = then;
        }

        @Override
        public void step(Phase of, double loss) {
            if (of == phase && ++steps == at) {
                then.run();
            }
        }
    }

    private static void put(Trainer trainer, String name, double value) {
        INDArray array = trainer.state().get(name);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RECONSTRUCTION, slide.0.table, NaN, step 1: reconstruction",
        "RECONSTRUCTION, field.reconstruction.out.weight, -Infinity, step 1: reconstruction",
        "LESION, field.lesion.out.bias, NaN, step 2: lesion"
    })
    void aLossThatIsNoNumberNamesTheArrayThatWentBadAndTheCheckpoint(
            Phase phase, String name, double value, String title) {
        // given an array that goes bad after the third step of the second epoch
        Trainer trainer = trainer(Engine.reference(DataType.FLOAT));
        int perEpoch = phase == Phase.LESION ? 2 * WINDOWS : WINDOWS;
        Counting counting = new Counting(phase, perEpoch + 3, () -> put(trainer, name, value));
        // when
        DivergedException stopped = stopped(trainer, counting, t -> Checkpoint.save(folder, t));
        // then
        String said = stopped.with(folder).getMessage();
        assertTrue(said.matches(title + " diverged in epoch 2 at step [4-8] of " + perEpoch + ": .*"), said);
        assertTrue(said.contains("\"" + name + "\" are not finite"), said);
        assertTrue(said.endsWith("(after epoch 1 of " + title + ")"), said);
        int epochs = phase == Phase.LESION ? 2 + 2 * 2 + 1 : 1;
        assertTrue(
                said.contains(
                        folder.resolve("checkpoint-" + epochs + ".safetensors").toString()),
                said);
        assertFalse(said.contains("\n"), said);
        // and what is named is whole and good
        Trainer resumed = trainer(Engine.reference(DataType.FLOAT));
        Checkpoint.load(folder, resumed);
        assertEquals(epochs, resumed.reports().size());
    }

    private static DivergedException stopped(Trainer trainer, FitListener listener, Consumer<Trainer> afterEpoch) {
        return assertThrows(DivergedException.class, () -> trainer.train(listener, afterEpoch));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-1e30"})
    void aGradientThatIsNoNumberStopsInItsOwnStep(float value) {
        // given a step in which one gradient of a weight is wrong: the third one's first, which is nearest to the loss
        int[] perStep = {0};
        int[] inStep = {0};
        int[] step = {0};
        Engine engine = FaultyEngine.of(value, () -> {
            perStep[0] = Math.max(perStep[0], ++inStep[0]);
            return step[0] == 2 && inStep[0] == 1;
        });
        Trainer trainer = trainer(engine);
        FitListener counts = new FitListener() {
            @Override
            public void step(Phase phase, double loss) {
                step[0]++;
                inStep[0] = 0;
            }
        };
        // when
        DivergedException stopped = stopped(trainer, counts, t -> {});
        // then
        String said = stopped.with(folder).getMessage();
        assertTrue(said.startsWith("step 1: reconstruction diverged in epoch 1 at step 3 of " + WINDOWS + ": "), said);
        assertTrue(said.contains("the gradient of \"reconstruction."), said);
        assertTrue(said.contains("is NaN, infinite or over 1e19"), said);
        assertTrue(said.contains("all values are finite"), said);
        assertTrue(said.endsWith("there is no checkpoint yet"), said);
        assertTrue(perStep[0] > 1, "more than one weight is needed");
    }

    @Test
    void theFitNamesTheSlidesTableAndLeavesTheFieldAsItWas() {
        // given
        TrainedField field = trained();
        String before = StateDigest.of(TrainedField.values(field.field()));
        DiscPlane bad = new DiscPlane("bad", 40, 40, colours(40 * 40, Float.NaN), new float[40 * 40]);
        // when
        DivergedException stopped = assertThrows(DivergedException.class, () -> field.fit(bad, FitListener.NONE));
        // then
        String said = stopped.getMessage();
        assertTrue(said.startsWith("inference-time optimisation diverged in epoch 1 at step "), said);
        assertTrue(said.contains("the loss is NaN"), said);
        assertTrue(said.contains("all values are finite, the largest is "), said);
        assertTrue(said.endsWith("the field itself is unchanged"), said);
        assertEquals(before, StateDigest.of(TrainedField.values(field.field())));
    }

    @Test
    void aBadWeightStopsTheFitToo() {
        // given a field one of whose weights is no number
        TrainedField field = trained();
        String name = field.field().parameters().keySet().iterator().next();
        field.field().parameters().get(name).value().putScalar(0, Double.NaN);
        // when
        DivergedException stopped = assertThrows(
                DivergedException.class, () -> field.fit(DiscPlane.of("three", 40, 40, 3), FitListener.NONE));
        // then
        assertTrue(stopped.getMessage().contains("\"field." + name + "\" are not finite"), stopped.getMessage());
    }

    private static TrainedField trained() {
        Engine engine = Engine.reference(DataType.FLOAT);
        return new TrainedField(engine, SETTINGS, new slidefield.field.Field(SETTINGS.field(), engine.type(), 1));
    }

    private static float[] colours(int pixels, float one) {
        float[] colours = new float[3 * pixels];
        java.util.Arrays.fill(colours, 0.5f);
        colours[3 * (pixels / 2)] = one;
        return colours;
    }

    @Test
    void aCheckpointWithABadArrayIsNeverSaved() {
        // given one good checkpoint, and a moment that goes bad after it without showing in any loss
        Trainer trainer = trainer(Engine.reference(DataType.FLOAT));
        List<String> saved = new ArrayList<>();
        // when
        DivergedException stopped = stopped(trainer, FitListener.NONE, t -> {
            if (saved.size() == 1) {
                put(t, "slide.1.adam.table.exp_avg", Double.POSITIVE_INFINITY);
            }
            saved.add(Checkpoint.save(folder, t).getFileName().toString());
        });
        // then
        assertEquals(List.of("checkpoint-1.safetensors"), saved);
        String said = stopped.with(folder).getMessage();
        assertTrue(said.contains("\"slide.1.adam.table.exp_avg\" are not finite"), said);
        assertTrue(said.contains("checkpoint-1.safetensors"), said);
        Trainer resumed = trainer(Engine.reference(DataType.FLOAT));
        Checkpoint.load(folder, resumed);
        assertThrows(
                CancellationException.class,
                () -> resumed.train(FitListener.NONE, t -> {
                    throw new CancellationException();
                }));
    }
}
