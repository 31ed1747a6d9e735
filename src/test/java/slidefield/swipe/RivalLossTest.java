package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Engine;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Which losses a step of each kind of network adds up. */
class RivalLossTest {
    private static final OccupancyLoss.Dice DICE = OccupancyLoss.Dice.COUNTED;

    private static SwipeBatch batch() {
        List<LabelledImage> images = List.of(SmallSwipeTraining.disc("a", 64, 1), SmallSwipeTraining.disc("b", 64, 2));
        PointBatch points = TinySwipe.points(3, 2, 50, 64, 64);
        return new SwipeBatch(
                images, new LabelledPoints(points, new Random(4).ints(100, 0, 2).toArray()));
    }

    /** The loss of all pixels of a map, their classes read one by one. */
    private static double ofMap(Tensor map, List<LabelledImage> images, int step) {
        int size = 64 / step;
        int[] classes = new int[images.size() * size * size];
        for (int i = 0; i < classes.length; i++) {
            LabelledImage image = images.get(i / (size * size));
            int y = i / size % size * step + step / 2;
            int x = i % size * step + step / 2;
            classes[i] = image.classes()[y * 64 + x];
        }
        return OccupancyLoss.of(Shapes.reshape(map, classes.length, 1), classes, DICE)
                .scalar();
    }

    @Test
    void allMapsOfAPixelNetworkCountAlike() {
        // given
        PixelNetwork network = TinyRivals.PRANET.build(DataType.FLOAT, 3);
        network.training(false);
        SwipeBatch batch = batch();
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            // when
            double found = new RivalLoss(new RivalLossOptions(DICE, 0.1))
                    .of(network, tape, batch)
                    .scalar();
            // then
            double wanted = 0;
            for (Tensor map : network.maps(tape.constant(batch.colours(tape)))) {
                wanted += ofMap(map, batch.images(), 1);
            }
            assertEquals(wanted, found, 1e-5);
        }
    }

    @Test
    void aPointNetworkLearnsFromPointsAndALittleFromItsCoarseMap() {
        // given a network whose coarse map has a pixel for 8 x 8
        PointNetwork network = TinyRivals.POINTS.build(DataType.FLOAT, 3);
        SwipeBatch batch = batch();
        for (double weight : new double[] {0.1, 0}) {
            try (Engine engine = Engine.preferred();
                    Tape tape = engine.inference()) {
                // when
                double found = new RivalLoss(new RivalLossOptions(DICE, weight))
                        .of(network, tape, batch)
                        .scalar();
                // then
                List<Tensor> encoded = network.encode(tape.constant(batch.colours(tape)));
                double points = OccupancyLoss.of(
                                network.decode(encoded, batch.points().points()),
                                batch.points().classes(),
                                DICE)
                        .scalar();
                double coarse = ofMap(network.coarse(encoded), batch.images(), 8);
                assertTrue(coarse > 0.1, "nothing to be weighted: " + coarse);
                assertEquals(points + weight * coarse, found, 1e-5);
            }
        }
    }
}
