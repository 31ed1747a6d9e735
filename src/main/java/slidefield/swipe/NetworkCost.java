package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;

/**
 * What a network costs: the columns "Params" and "FLOPs" of SwIPE's Table 1, of which the second counts multiply-adds of
 * "the forward pass on a single image during training". Counted by running that pass ({@link Tape#multiplyAdds}).
 *
 * @param parameters numbers that are learnt
 * @param multiplyAdds of a training image's forward pass as the formulas have it: every point's layers see its codes and
 *     its coordinates side by side
 * @param done of the same pass as it is computed here, where what the points of a patch share is multiplied once
 */
public record NetworkCost(long parameters, long multiplyAdds, long done) {
    /**
     * SwIPE's: the points of one image decoded by both decoders, and by D^P as often again as Stochastic Patch Overreach
     * asks neighbouring patches.
     *
     * @param options of the network
     * @param size pixels along both sides of the image
     * @param points of the image in a step
     */
    public static NetworkCost of(SwipeOptions options, int size, int points) {
        try (Engine engine = Engine.preferred()) {
            Swipe network = new Swipe(options, engine.type(), 0);
            network.training(true);
            long encoder = count(engine, tape -> network.forward(tape.constant(image(tape, size))));
            long asked = (long) points * (1 + options.occurrences());
            long written = encoder + decoded(engine, network.patchDecoder(), asked);
            if (network.imageDecoder() != null) {
                written += decoded(engine, network.imageDecoder(), points);
            }
            long done = count(
                    engine,
                    tape -> network.forward(
                            tape.constant(image(tape, size)),
                            corners(points),
                            List.of(SourceFrame.whole(size, size)),
                            0));
            return closed(network, written, done);
        }
    }

    /**
     * A rival's: all pixels of one image with all side outputs, or as many points of it.
     *
     * @param network in training or not; its batch statistics change where it is
     * @param size pixels along both sides of the image
     * @param points of the image in a step, where the network is asked points
     */
    public static NetworkCost of(RivalNetwork network, int size, int points) {
        try (Engine engine = Engine.preferred()) {
            long done = count(engine, tape -> forward(network, tape, size, points));
            return new NetworkCost(network.parameterCount(), done, done);
        }
    }

    private static void forward(RivalNetwork network, Tape tape, int size, int points) {
        var images = tape.constant(image(tape, size));
        if (network instanceof PixelNetwork pixels) {
            pixels.maps(images);
        } else if (network instanceof PointNetwork asked) {
            var encoded = asked.encode(images);
            asked.decode(encoded, corners(points));
            asked.coarse(encoded);
        }
    }

    private static long decoded(Engine engine, PointDecoder decoder, long points) {
        long each = count(engine, tape -> {
            INDArray input = tape.allocate(2, decoder.layout().size());
            tape.kernels().fill(input, 0);
            decoder.forward(tape.constant(input));
        });
        return each / 2 * points;
    }

    /** A pass to be counted. */
    private interface Pass {
        void on(Tape tape);
    }

    private static long count(Engine engine, Pass pass) {
        try (Tape tape = engine.inference()) {
            pass.on(tape);
            return tape.multiplyAdds();
        }
    }

    private static INDArray image(Tape tape, int size) {
        INDArray image = tape.allocate(1, size, size, 3);
        tape.kernels().fill(image, 0);
        return image;
    }

    /** Where points lie does not matter to their number. */
    private static PointBatch corners(int points) {
        return new PointBatch(1, points, new float[points], new float[points]);
    }

    private static NetworkCost closed(Module network, long written, long done) {
        long parameters = network.parameterCount();
        network.values().values().forEach(INDArray::close);
        return new NetworkCost(parameters, written, done);
    }
}
