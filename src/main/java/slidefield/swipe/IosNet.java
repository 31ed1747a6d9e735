package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * IOSNet (Khan and Fang 2022, "Implicit Neural Representations for Medical Imaging Segmentation"), 2-D, as SwIPE's Table 1
 * compares with it and its released code has it: at every point the image, the backbone's stem and its four stages are
 * looked up by bilinear interpolation, and a perceptron answers from these features, the mean of the coarsest stage and
 * the point's coordinates p^I. The maps are those that the last convolution of a stage gives, before its normalisation;
 * so the last normalisation of the last stage is among the parameters and has no effect.
 *
 * <p>Not thread-safe while it is trained: batch normalisation keeps state.
 */
public final class IosNet extends PointNetwork {
    private static final int COORDINATES = 2;
    private static final int COLOURS = 3;

    private final IosNetOptions options;
    private final Res2Net backbone;
    private final Sequential perceptron;

    /**
     * @param options sizes
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values
     */
    public IosNet(IosNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        backbone = child("backbone", new Res2Net(init, options.backbone()));
        int in = features(options.backbone());
        List<PointwiseLinear> layers = new ArrayList<>();
        for (int width : options.layers()) {
            layers.add(new PointwiseLinear(init, in, width, true, Activation.RELU));
            in = width;
        }
        layers.add(new PointwiseLinear(init, in, options.outputs(), true, Activation.NONE));
        perceptron = child("perceptron", new Sequential(layers));
    }

    /** Colours, stem, four stages, the mean of the last one, and coordinates. */
    private static int features(BackboneOptions backbone) {
        int sum = COLOURS + 2 * backbone.stem() + COORDINATES;
        for (int stage = 0; stage < BackboneOptions.STAGES; stage++) {
            sum += backbone.channels(stage);
        }
        return sum + backbone.channels(BackboneOptions.STAGES - 1);
    }

    /** @return the sizes */
    public IosNetOptions options() {
        return options;
    }

    @Override
    public int outputs() {
        return options.outputs();
    }

    @Override
    public int sizeMultiple() {
        return options.sizeMultiple();
    }

    /** @return the images, the stem at 1/2 of their size and the stages at 1/4 to 1/32 */
    @Override
    public List<Tensor> encode(Tensor images) {
        requireImages(images);
        Tensor x = Arithmetic.cast(images, images.tape().engine().type());
        List<Tensor> maps = new ArrayList<>(List.of(x));
        maps.addAll(backbone.pass(x).convolved());
        return maps;
    }

    @Override
    public Tensor decode(List<Tensor> encoded, PointBatch points) {
        Tensor images = encoded.get(0);
        PointInput.requirePoints("IOSNet", images, points);
        List<Tensor> features = new ArrayList<>();
        for (Tensor map : encoded) {
            features.add(Resampling.at(
                    map,
                    places(points.y(), images.size(1), map.size(1)),
                    places(points.x(), images.size(2), map.size(2))));
        }
        Tensor mean = Pooling.global(encoded.get(encoded.size() - 1));
        features.add(Shapes.gatherRows(mean, PointInput.imageOfPoint(points)));
        features.add(PointInput.coordinates(images, points));
        return perceptron.forward(Shapes.concat(features));
    }

    /**
     * Where the authors' code looks a pixel up in a map: p^I of the first pixel's centre, -1, is taken for the edge of
     * the map, so half of what it sees there is the 0 beyond.
     */
    private static float[] places(float[] pixels, long size, long mapSize) {
        float[] places = new float[pixels.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (float) ((double) pixels[i] * mapSize / (size - 1) - 0.5);
        }
        return places;
    }
}
