package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.HashGrid;
import slidefield.nn.Engine;

class EpochWatchTest {
    private static final Settings SMALL = Settings.preset("teaching")
            .with(List.of(
                    "field.hashGrid.levels=5",
                    "field.hashGrid.log2Table=9",
                    "field.decoder.width=8",
                    "field.head.width=8",
                    "field.head.dilations=[1, 2]",
                    "training.window=32",
                    "training.jitter=4",
                    "training.reconstructionEpochs=2",
                    "training.lesionEpochs=1",
                    "training.latents.virtualSlides=0",
                    "ito.epochs=5"));
    private static final DiscPlane UNSEEN = DiscPlane.of("unseen", 60, 50, 9);

    private static TrainedField trained(Engine engine) {
        Trainer trainer = new Trainer(engine, SMALL, List.of(DiscPlane.of("one", 64, 48, 1)), Path.of("absent"));
        return trainer.train(FitListener.NONE, t -> {});
    }

    @Test
    void watchingShowsEveryEpochAndChangesNoBit() {
        for (Engine engine : List.of(Engine.reference(DataType.FLOAT), Engine.preferred())) {
            TrainedField field = trained(engine);
            INDArray unwatched = table(field.fit(UNSEEN, FitListener.NONE)).dup();
            List<String> told = new ArrayList<>();
            FitListener next = new FitListener() {
                @Override
                public void epoch(EpochReport report) {
                    told.add("epoch " + report.epoch());
                }

                @Override
                public void end(Phase phase, String subject) {
                    told.add("end");
                }
            };

            EpochWatch watch = new EpochWatch(field, UNSEEN, next);
            Fitted fitted = field.fit(UNSEEN, watch);

            assertArrayEquals(unwatched.data().asFloat(), table(fitted).data().asFloat());
            assertEquals(List.of("epoch 1", "epoch 2", "epoch 3", "epoch 4", "epoch 5", "end"), told);
            List<EpochWatch.Seen> seen = watch.seen();
            assertEquals(
                    fitted.epochs(), seen.stream().map(EpochWatch.Seen::epoch).toList());
            Prediction last = field.predict(fitted, UNSEEN, FitListener.NONE);
            assertArrayEquals(last.probabilities(), seen.get(4).prediction().probabilities());
            assertEquals(last.psnr(), seen.get(4).prediction().psnr());
            assertNotEquals(last.psnr(), seen.get(0).prediction().psnr());
            assertEquals(60 * 50, seen.get(0).counts().total());
        }
    }

    @Test
    void whatIsSeenFollowsTheStopRule() {
        TrainedField field = trained(Engine.reference(DataType.FLOAT));
        TrainedField stops = field.with(
                SMALL.with(List.of("ito.stopRule=true", "ito.stopMse=0.9")).ito());
        EpochWatch watch = new EpochWatch(stops, UNSEEN, FitListener.NONE);

        Fitted fitted = stops.fit(UNSEEN, watch);

        assertEquals(1, watch.seen().size());
        assertTrue(fitted.stopped().contains("below 0.9"), fitted.stopped());
    }

    private static INDArray table(Fitted fitted) {
        return ((HashGrid) fitted.encoding()).table().value();
    }
}
