package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.PictureFixture.Sums;
import slidefield.slide.Slide;

class LabelledGridTest {
    @Test
    void aCompressedSlideIsReadFromItsFolderInAllItsOrientations(@TempDir Path folder) {
        // given
        Slide slide = PictureFixture.slide(folder, "small", PictureFixture.picture(60, 80, 7));
        CompressedSlide compressed = new SlideCompression(
                        new Sums(8, 4, 5), new CompressionOptions(0.5, 8, TissueRule.MASK))
                .compress(slide, "small", folder.resolve("out"), GridOrientation.all(), IfExists.REFUSE, part -> {});

        // when
        LabelledGrid labelled = LabelledGrid.of(compressed, 1);

        // then
        assertEquals("small", labelled.name());
        assertEquals(8, labelled.orientations());
        for (int k = 0; k < 8; k++) {
            CodeGrid whole = compressed.read(GridOrientation.all().get(k));
            float[] found = new float[12 * 12 * 4];
            float[] wanted = new float[found.length];
            labelled.grid(k, 4).cut(-1, -1, 12, found);
            whole.cut(-1, -1, 12, wanted);
            assertArrayEquals(wanted, found);
            assertEquals(whole.rows(), labelled.grid(k, 4).rows());
        }
        String refused =
                assertThrows(InputException.class, () -> labelled.grid(0, 5)).getMessage();
        assertTrue(refused.contains("slide small has codes of 4 values, the network takes 5"), refused);
    }

    @Test
    void whatIsNoSlideIsRefused() {
        CodeGrid grid = new CodeGrid(1, 1, 1, new float[] {1});
        assertThrows(IllegalArgumentException.class, () -> LabelledGrid.of("", 1, List.of(grid)));
        assertThrows(IllegalArgumentException.class, () -> LabelledGrid.of("a", Double.NaN, List.of(grid)));
        assertThrows(IllegalArgumentException.class, () -> LabelledGrid.of("a", 1, List.of()));
    }
}
