package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.fit.Seeds;
import slidefield.nn.Adam;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.score.ImageScores;

/** Points, losses, optimiser and scores together: a small network of the coordinates alone learns a shape. */
class PointLearningTest {
    private static final int SIZE = 64;

    private static INDArray coordinates(PointBatch points) {
        float[] values = new float[2 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            values[2 * i] = PointBatch.normalised(points.x()[i], SIZE);
            values[2 * i + 1] = PointBatch.normalised(points.y()[i], SIZE);
        }
        return Nd4j.create(values, new long[] {points.count(), 2}, DataType.FLOAT);
    }

    /** Every pixel of the image. */
    private static PointBatch lattice() {
        float[] x = new float[SIZE * SIZE];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % SIZE;
            y[i] = i / SIZE;
        }
        return new PointBatch(1, x.length, x, y);
    }

    private static double dice(Engine engine, Sequential network, LabelledImage image) {
        byte[] predicted = new byte[SIZE * SIZE];
        try (Tape tape = engine.inference()) {
            INDArray logits =
                    network.forward(tape.constant(coordinates(lattice()))).value();
            for (int i = 0; i < predicted.length; i++) {
                predicted[i] = (byte) (logits.getDouble(i, 0) >= 0 ? 1 : 0);
            }
        }
        return new ImageScores(List.of("disc")).add(image.name(), predicted, image.classes());
    }

    @Test
    void aDiscIsLearntFromItsPoints() {
        // given a disc's points, and a network that does not know it yet
        LabelledImage image = SwipeTestData.discs(SIZE, SIZE, 1, 2);
        PointPool pool = PointPool.sample(image, 1, PoolOptions.paper(), 1);
        SwipeOptimisation options = new SwipeOptimisation(1e-2, 1e-4, 12, 0.9, 0.999, 1e-8, 1e-4);
        SwipeLossOptions logits = SwipeLossOptions.released();
        SwipeLoss loss = new SwipeLoss(new SwipeLossOptions(
                logits.dice(), logits.alpha(), logits.overreach(), logits.beta(), logits.penalty(), 1e-6));
        try (Engine engine = Engine.preferred()) {
            Init init = new Init(DataType.FLOAT, 5);
            Sequential network = new Sequential(
                    new PointwiseLinear(init, 2, 32, true, Activation.RELU),
                    new PointwiseLinear(init, 32, 32, true, Activation.RELU),
                    new PointwiseLinear(init, 32, 1, true, Activation.NONE));
            double before = dice(engine, network, image);
            // when it learns from 300 points a step, epoch by epoch
            try (Adam adam = new Adam(network.parameters(), options.adamW())) {
                for (int step = 0; step < 240; step++) {
                    adam.learningRate(options.rate(step / 20));
                    LabelledPoints drawn = LabelledPoints.draw(List.of(pool), 300, Seeds.random(7, "step", step));
                    try (Tape tape = engine.record()) {
                        Tensor answer = network.forward(tape.constant(coordinates(drawn.points())));
                        tape.backward(
                                loss.of(new SwipeOutput(answer, null, null, new int[0], null, null), drawn.classes()));
                        adam.step();
                    }
                }
            }
            // then
            double after = dice(engine, network, image);
            assertTrue(after > 0.9 && before < 0.6, "Dice " + before + " -> " + after);
        }
    }
}
