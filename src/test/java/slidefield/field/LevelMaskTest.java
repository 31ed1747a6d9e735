package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

class LevelMaskTest {
    private static final Window WINDOW = Window.of(60, 40, 1.5, 7, 3, 9, 8);
    private static final HashGridOptions SMALL = new HashGridOptions(6, 6, 2, 4, 1.7);

    @Test
    void masksSayWhichLevelsPass() {
        assertEquals("1-6", LevelMask.all(6).toString());
        assertEquals("1-3", LevelMask.lowest(6, 3).toString());
        assertEquals("4-6", LevelMask.highest(6, 3).toString());
        assertEquals("1, 3-6", LevelMask.without(6, 1).toString());
        assertEquals("1-5", LevelMask.without(6, 5).toString());
        assertEquals("2", new LevelMask(List.of(false, true, false)).toString());
        assertTrue(LevelMask.lowest(6, 6).isAll());
        assertThrows(IllegalArgumentException.class, () -> LevelMask.lowest(6, 0));
    }

    @Test
    void anOpenMaskIsTheGridItself() {
        HashGrid grid = HashGrid.create(SMALL, DataType.FLOAT, 1);

        assertSame(grid, LevelMask.all(6).on(grid));
    }

    @Test
    void whatIsNoHashGridOfAsManyLevelsIsRefused() {
        LevelMask mask = LevelMask.lowest(5, 2);

        assertThrows(InputException.class, () -> mask.on(HashGrid.create(SMALL, DataType.FLOAT, 1)));
        InputException failure = assertThrows(InputException.class, () -> mask.on(new RawCoordinates()));

        assertTrue(failure.getMessage().contains("field.hashGrid.levels=5"), failure.getMessage());
    }

    @Test
    void closedLevelsAreZeroAndOpenOnesAsTheyWere() {
        // given
        HashGrid grid = HashGrid.create(SMALL, DataType.FLOAT, 3);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            INDArray whole = grid.encode(tape, WINDOW).value();
            // when
            INDArray masked =
                    LevelMask.without(6, 2).on(grid).encode(tape, WINDOW).value();
            // then
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 9; x++) {
                    for (int c = 0; c < 12; c++) {
                        float expected = c / 2 == 2 ? 0 : whole.getFloat(0, y, x, c);
                        assertEquals(expected, masked.getFloat(0, y, x, c), 0f, x + ", " + y + ", " + c);
                    }
                }
            }
        }
    }

    @Test
    void noGradientReachesClosedLevels() {
        // given
        HashGrid grid = HashGrid.create(SMALL, DataType.FLOAT, 3);
        HashLevel closed = SMALL.plan().get(2);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.record()) {
            // when
            tape.backward(Arithmetic.sum(LevelMask.without(6, 2).on(grid).encode(tape, WINDOW)));
            // then
            INDArray gradient = grid.table().gradient();
            double outside = gradient.sumNumber().doubleValue();
            double inside = 0;
            for (int entry = closed.offset(); entry < closed.offset() + closed.entries(); entry++) {
                inside += Math.abs(gradient.getDouble(entry, 0)) + Math.abs(gradient.getDouble(entry, 1));
            }
            assertEquals(0, inside, 0);
            // Bilinear weights sum to 1 at each of the points, in each of the open levels' features.
            assertEquals(8 * 9 * 10, outside, 1e-2);
        }
    }
}
