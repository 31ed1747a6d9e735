package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Tape;

class LevelUseTest {
    private static final HashGridOptions SMALL = new HashGridOptions(8, 8, 2, 4, 1.7);

    private static Window slide() {
        return Window.of(60, 40, 1.5, 0, 0, 60, 40);
    }

    @Test
    void everyLevelCountsWhatAPointByPointWalkFinds() {
        for (HashLevel level : SMALL.plan()) {
            // given the vertices around every point, with a set to tell them apart
            Window window = slide();
            Map<Integer, Set<Long>> byEntry = new HashMap<>();
            for (int p = 0; p < window.points(); p++) {
                double x = window.x() + p % window.width() * window.stepX();
                double y = window.y() + p / window.width() * window.stepY();
                for (CellCorner corner : CellCorner.of(level, x, y)) {
                    byEntry.computeIfAbsent(corner.entry() - level.offset(), none -> new HashSet<>())
                            .add((long) corner.x() << 32 | corner.y());
                }
            }

            LevelUse use = LevelUse.of(level, window);

            assertEquals(byEntry.size(), use.used());
            assertEquals(level.entries(), use.entries());
            if (level.dense()) {
                assertEquals(use.used(), use.vertices());
                assertEquals(0, use.colliding());
                assertEquals(1, use.most());
            } else {
                assertEquals(byEntry.values().stream().mapToLong(Set::size).sum(), use.vertices());
                assertEquals(
                        byEntry.values().stream()
                                .mapToLong(Set::size)
                                .filter(n -> n > 1)
                                .sum(),
                        use.colliding());
                assertEquals(byEntry.values().stream().mapToInt(Set::size).max().orElseThrow(), use.most());
            }
        }
    }

    @Test
    void sharingNamesAllVerticesOfAnEntry() {
        HashLevel finest = SMALL.plan().get(7);
        LevelUse use = LevelUse.of(finest, slide());
        Window slide = slide();
        CellCorner needed = CellCorner.of(finest, slide.x() + 9 * slide.stepX(), slide.y() + 7 * slide.stepY())
                .get(0);
        int entry = needed.entry() - finest.offset();

        List<LevelUse.Vertex> vertices = LevelUse.sharing(finest, slide, entry);

        assertTrue(vertices.contains(new LevelUse.Vertex(needed.x(), needed.y())), vertices.toString());
        assertTrue(vertices.size() <= use.most() && use.most() > 1);
        vertices.forEach(v -> assertEquals(entry, finest.entry(v.x(), v.y())));
    }

    @Test
    void aVertexsCoordinateIsWhereItsPositionIsWhole() {
        HashLevel level = SMALL.plan().get(5);

        assertEquals(9, level.position(level.coordinate(9)), 1e-9);
        CellCorner only = CellCorner.of(level, level.coordinate(9) + 1e-9, level.coordinate(4) + 1e-9)
                .get(0);
        assertEquals(1, only.weight(), 1e-6);
        assertEquals(9, only.x());
        assertEquals(4, only.y());
    }

    @Test
    void cornersGiveTheFeatureAndTheGradientThatTheTapeGives() {
        // given one point, and a target for its features
        HashGrid grid = HashGrid.create(SMALL, DataType.DOUBLE, 3);
        Window point = new Window(0.37, 0.21, 1, 1, 1, 1);
        double target = 0.5;
        HashLevel level = SMALL.plan().get(6);
        List<CellCorner> corners = CellCorner.of(level, point.x(), point.y());
        INDArray table = grid.table().value();
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            // when
            var features = grid.encode(tape, point);
            INDArray wanted = features.value().dup().assign(target);
            tape.backward(Losses.mse(features, wanted));

            // then
            double feature = corners.stream()
                    .mapToDouble(c -> c.weight() * table.getDouble(c.entry(), 0))
                    .sum();
            assertEquals(feature, features.value().getDouble(0, 0, 0, 12), 1e-15);
            for (CellCorner corner : corners) {
                double all = corners.stream()
                        .filter(c -> c.entry() == corner.entry())
                        .mapToDouble(CellCorner::weight)
                        .sum();
                double byHand = 2 * (feature - target) / grid.features() * all;
                assertEquals(byHand, grid.table().gradient().getDouble(corner.entry(), 0), 1e-12);
            }
        }
    }
}
