package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Whatever diverges, the option that is to be lowered is one that this training has. */
class EpochLoopTest {
    @ParameterizedTest
    @CsvSource({
        "ENCODER, training.schedule.rate",
        "SLIDES, training.rate",
        "PATCHES, training.rate",
        "POINTS, optimisation.rate",
        "PIXELS, optimisation.rate"
    })
    void aDivergedTrainingOrValidationNamesItsOwnRate(Phase phase, String key) {
        // given
        EpochLoop learning = new EpochLoop(phase, "all", Map::of, FitListener.NONE);
        for (EpochLoop loop : List.of(learning, learning.validation())) {
            // when
            String said = assertThrows(DivergedException.class, () -> loop.run(2, List.of(1), step -> Double.NaN))
                    .getMessage();
            // then
            assertTrue(said.contains("lower " + key + " with --set"), said);
            assertTrue(said.startsWith((loop == learning ? phase : Phase.VALIDATION).title() + " diverged"), said);
        }
    }

    @ParameterizedTest
    @CsvSource({"ENCODER, training.schedule.rate", "SLIDES, training.rate"})
    void soDoesACheckpointAfterAValidation(Phase phase, String key) {
        List<EpochReport> done = List.of(
                new EpochReport(phase, "all", 3, 1, 1, 1), new EpochReport(Phase.VALIDATION, "all", 3, 1, 1, 1));

        String said = assertThrows(
                        DivergedException.class,
                        () -> EpochLoop.requireFinite(done, Map.of("w", Nd4j.createFromArray(Float.NaN))))
                .getMessage();

        assertTrue(said.startsWith(phase.title() + " diverged in epoch 3"), said);
        assertTrue(said.contains("lower " + key), said);
    }
}
