package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Base;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.Part;
import slidefield.fit.Prediction;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

class RunsTest {
    private static final long SEED = 11;

    @TempDir
    Path out;

    private int made;

    private Runs runs(IfExists existing) {
        Manifest manifest = new Manifest(
                "none",
                null,
                Base.ofMpp(1),
                null,
                null,
                null,
                List.of(SlideEntry.of("slide", "slide.tif", null, Split.TEST)));
        return new Runs(ExperimentContext.of(manifest, DataRoot.of(out), out, Size.QUICK)
                .with(existing));
    }

    /** Random probabilities and colours, as 8-bit values. */
    private Prediction prediction(boolean colours) {
        made++;
        Random random = new Random(SEED);
        Prediction prediction = new Prediction(5, 3, colours);
        float[] lesion = new float[15];
        float[] paint = new float[45];
        for (int i = 0; i < 45; i++) {
            lesion[i % 15] = random.nextInt(256) / 255f;
            paint[i] = random.nextInt(256) / 255f;
        }
        prediction.put(new Part(0, 0, 5, 3), lesion, colours ? paint : null);
        prediction.psnr(31.25);
        return prediction;
    }

    @Test
    void answersAreKeptBitForBit() {
        Prediction before = runs(IfExists.REFUSE)
                .answer("field", 0, "slide-base", true, () -> prediction(true))
                .prediction();

        Runs.Answer after = runs(IfExists.RESUME).answer("field", 0, "slide-base", true, () -> prediction(true));

        assertEquals(1, made);
        assertArrayEquals(before.probabilities(), after.prediction().probabilities(), "seed " + SEED);
        assertArrayEquals(
                before.reconstruction().getRGB(0, 0, 5, 3, null, 0, 5),
                after.prediction().reconstruction().getRGB(0, 0, 5, 3, null, 0, 5));
        assertEquals(31.25, after.prediction().psnr());
        assertTrue(after.seconds() >= 0);
    }

    @Test
    void anAnswerWithoutPaintIsMadeAnewWhereThePaintIsWanted() {
        Runs runs = runs(IfExists.REFUSE);
        runs.answer("field", 0, "slide-base", false, () -> prediction(true));

        runs.answer("field", 0, "slide-base", true, () -> prediction(true));

        assertEquals(2, made);
    }

    @Test
    void whatWasThereBeforeIsRefusedUsedOrReplaced() {
        Runs first = runs(IfExists.REFUSE);
        first.answer("field", 0, "slide-base", false, () -> prediction(false));
        first.answer("field", 0, "slide-base", false, () -> prediction(false));
        assertEquals(1, made, "the same answer is made once");

        InputException refused = assertThrows(InputException.class, () -> runs(IfExists.REFUSE));
        assertTrue(refused.getMessage().contains("--resume")
                && refused.getMessage().contains("--force"));
        runs(IfExists.RESUME).answer("field", 0, "slide-base", false, () -> prediction(false));
        assertEquals(1, made);
        Runs replacing = runs(IfExists.REPLACE);
        replacing.answer("field", 0, "slide-base", false, () -> prediction(false));
        replacing.answer("field", 0, "slide-base", false, () -> prediction(false));
        assertEquals(2, made);
        assertTrue(Files.isDirectory(out.resolve("runs/field-0/predictions")));
    }

    @Test
    void aDamagedAnswerIsNamed() throws Exception {
        runs(IfExists.REFUSE).answer("field", 0, "slide-base", false, () -> prediction(false));
        Path file = out.resolve("runs/field-0/predictions/slide-base.png");
        Files.write(file, new byte[] {1, 2, 3});

        InputException failure = assertThrows(InputException.class, () -> runs(IfExists.RESUME)
                .answer("field", 0, "slide-base", false, () -> prediction(false)));

        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }
}
