package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import slidefield.fit.Seeds;

/** Compressed slides of 14 x 16 places, a frame of which is background; positive ones hold a bright square. */
final class TinySlides {
    static final int ROWS = 14;
    static final int COLUMNS = 16;
    static final int SQUARE = 5;

    private TinySlides() {}

    static SlideCnnSettings settings() {
        return new SlideCnnSettings(
                "tiny",
                3,
                new SlideCnnOptions(2, 15, 8, List.of(2, 2, 2), 8, 1, 0.05, 0.2),
                new SlideTrainingOptions(SlideTask.BINARY, 20, 8, 1e-2, 0.1, 8, 1e-5, 1e-5, true, 3));
    }

    /** As many slides, every second one positive. */
    static List<LabelledGrid> of(String name, int count) {
        List<LabelledGrid> slides = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slides.add(slide(name + i, i % 2));
        }
        return slides;
    }

    static LabelledGrid slide(String name, int label) {
        return LabelledGrid.of(name, label, List.of(grid(name, label)));
    }

    static CodeGrid grid(String name, int label) {
        Random random = Seeds.random(1, name);
        float[] values = new float[ROWS * COLUMNS * 2];
        byte[] square = square(name);
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            if (row > 0 && row < ROWS - 1 && column > 0 && column < COLUMNS - 1) {
                boolean bright = label == 1 && square[i] == 1;
                values[2 * i] = 0.5f + 0.2f * (float) random.nextGaussian() + (bright ? 1.5f : 0);
                values[2 * i + 1] = 0.3f * (float) random.nextGaussian();
            }
        }
        return new CodeGrid(ROWS, COLUMNS, 2, values);
    }

    /** 1 where a positive slide of that name is bright. */
    static byte[] square(String name) {
        Random random = Seeds.random(2, name);
        int top = 3 + random.nextInt(4);
        int left = 3 + random.nextInt(6);
        byte[] mask = new byte[ROWS * COLUMNS];
        for (int row = top; row < top + SQUARE; row++) {
            Arrays.fill(mask, row * COLUMNS + left, row * COLUMNS + left + SQUARE, (byte) 1);
        }
        return mask;
    }
}
