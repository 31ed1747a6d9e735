package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.StateDigest;
import slidefield.fit.FitListener;
import slidefield.fit.RunFolder.IfExists;
import slidefield.nic.PictureFixture.Sums;
import slidefield.nn.Engine;
import slidefield.slide.Slide;

/** Slides that stay on disk are learnt from as those in memory are, to the bit. */
@Tag("once")
class StoredGridTest {
    @TempDir
    Path folder;

    private CompressedSlide compressed(String name, int width, int height, long seed) {
        Slide slide = PictureFixture.slide(folder, name, PictureFixture.picture(width, height, seed));
        CompressionOptions options = new CompressionOptions(0.5, 4, TissueRule.MASK);
        return new SlideCompression(new Sums(8, 2, 5), options)
                .compress(slide, name, folder.resolve(name), GridOrientation.all(), IfExists.REFUSE, part -> {});
    }

    @Test
    void tissueAndCropsAreThoseOfTheWholeGridHoweverItIsRead() {
        // given
        CompressedSlide slide = compressed("s", 60, 84, 7);
        for (GridOrientation orientation : GridOrientation.all()) {
            CodeGrid whole = slide.read(orientation);
            for (int atOnce : new int[] {1, 100, 1 << 22}) {
                // when
                StoredGrid stored = StoredGrid.open(slide, orientation, atOnce);
                // then
                assertEquals(whole.rows(), stored.rows());
                assertEquals(whole.columns(), stored.columns());
                assertEquals(whole.code(), stored.code());
                for (int i = 0; i < whole.rows() * whole.columns(); i++) {
                    int row = i / whole.columns();
                    int column = i % whole.columns();
                    assertEquals(whole.tissue(row, column), stored.tissue(row, column));
                }
                for (int[] corner : new int[][] {{0, 0}, {-3, 2}, {9, -4}, {14, 17}, {-20, 0}, {0, 400}}) {
                    float[] wanted = new float[7 * 7 * 2];
                    float[] found = new float[wanted.length];
                    whole.cut(corner[0], corner[1], 7, wanted);
                    stored.cut(corner[0], corner[1], 7, found);
                    assertArrayEquals(wanted, found);
                }
            }
        }
    }

    @Test
    void trainingAndAnswersHaveTheSameBits() {
        // given slides on disk, and the same in memory
        List<LabelledGrid> stored = new ArrayList<>();
        List<LabelledGrid> held = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            CompressedSlide slide = compressed("slide" + i, 50 + 9 * i, 90 - 5 * i, i);
            stored.add(LabelledGrid.of(slide, i % 2));
            List<CodeGrid> grids =
                    GridOrientation.all().stream().map(slide::read).toList();
            held.add(LabelledGrid.of("slide" + i, i % 2, grids));
        }
        // when / then
        assertEquals(digest(held, 3), digest(stored, 3));
        assertNotEquals(digest(held, 3), digest(held, 4));
    }

    private static String digest(List<LabelledGrid> slides, long seed) {
        SlideCnnSettings settings = TinySlides.settings()
                .with(List.of("training.epochs=2", "training.batch=4"))
                .withSeed(seed);
        SlideCnnTraining training =
                new SlideCnnTraining(Engine.preferred(), settings, slides.subList(0, 4), slides.subList(4, 6));
        TrainedSlideCnn network = training.train(FitListener.NONE, t -> {}).network();
        return StateDigest.of(training.state().state()) + network.predict(slides.get(5));
    }
}
