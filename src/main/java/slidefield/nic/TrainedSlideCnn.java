package slidefield.nic;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.RunWeights;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/** A network of compressed slides whose weights are trained, ready for slides that it has not seen. Not thread-safe. */
public final class TrainedSlideCnn {
    /** Values of crops that are answered at once. */
    private static final int AT_ONCE = 1 << 24;

    private final Engine engine;
    private final SlideCnnSettings settings;
    private final SlideCnn network;

    /** @param network not in training while it is asked */
    TrainedSlideCnn(Engine engine, SlideCnnSettings settings, SlideCnn network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
    }

    /** A network of the settings that has learnt nothing. */
    static SlideCnn network(Engine engine, SlideCnnSettings settings) {
        return new SlideCnn(settings.slideCnn(), engine.type(), Seeds.derive(settings.seed(), "network"));
    }

    /** What it was trained with. */
    public SlideCnnSettings settings() {
        return settings;
    }

    /** The network. */
    public SlideCnn network() {
        return network;
    }

    /** {@link #predict(LabelledGrid, int)} of as many crops as the settings say. */
    public SlidePrediction predict(LabelledGrid slide) {
        return predict(slide, settings.training().crops());
    }

    /**
     * The mean of the answers to T crops of every orientation of a slide. The crops lie around places of tissue, at equal
     * distances in raster order; a single one around the deepest place.
     *
     * @param slide its label is only handed through
     * @param crops T, at least 1
     * @throws slidefield.io.InputException if its codes have another size or it holds no tissue
     */
    public SlidePrediction predict(LabelledGrid slide, int crops) {
        if (crops < 1) {
            throw new IllegalArgumentException("expected at least one crop, got " + crops);
        }
        int classes = settings.training().task().classes(settings.slideCnn().outputs());
        double[] sums = new double[Math.max(1, classes)];
        int count = 0;
        for (int orientation = 0; orientation < slide.orientations(); orientation++) {
            GridCrops cut = crops(
                    slide.name(), slide.grid(orientation, settings.slideCnn().code()));
            for (double[] answer : answers(cut, cut.spread(crops))) {
                for (int c = 0; c < sums.length; c++) {
                    sums[c] += answer[c];
                }
                count++;
            }
        }
        return SlidePrediction.of(slide.name(), slide.label(), sums, count);
    }

    /**
     * Where the network looks, in the crop around the deepest place of a slide.
     *
     * @param slide its codes
     * @param ofClass as in {@link GradCam#map}
     * @return of the grid's size, 0 outside the crop
     * @throws IllegalArgumentException if there is no such class
     * @throws slidefield.io.InputException if there is no tissue
     */
    public SaliencyMap saliency(CodePlane slide, int ofClass) {
        GridCrops cut = crops("to look at", slide);
        GridCrops.Place centre = cut.deepest();
        int side = settings.slideCnn().crop();
        float[] crop = new float[side * side * slide.code()];
        cut.cut(centre, crop);
        float[] map = new GradCam(engine, network).map(crop, ofClass);
        float[] values = new float[slide.rows() * slide.columns()];
        for (int i = 0; i < values.length; i++) {
            int row = i / slide.columns() - cut.start(centre.row());
            int column = i % slide.columns() - cut.start(centre.column());
            boolean inside = row >= 0 && row < side && column >= 0 && column < side;
            values[i] = inside ? map[row * side + column] : 0;
        }
        return new SaliencyMap(slide.rows(), slide.columns(), values);
    }

    private GridCrops crops(String name, CodePlane grid) {
        return new GridCrops(name, grid, settings.slideCnn().crop());
    }

    private double[][] answers(GridCrops cut, List<GridCrops.Place> places) {
        SlideCnnOptions options = settings.slideCnn();
        float[] crop = new float[options.crop() * options.crop() * options.code()];
        int together = Math.max(1, AT_ONCE / crop.length);
        double[][] answers = new double[places.size()][];
        for (int start = 0; start < places.size(); start += together) {
            int count = Math.min(together, places.size() - start);
            try (Tape tape = engine.inference()) {
                CropBatch batch = new CropBatch(tape, count, options);
                for (int i = 0; i < count; i++) {
                    cut.cut(places.get(start + i), crop);
                    batch.put(i, crop);
                }
                double[][] found = SlideLoss.answers(settings.training().task(), network.forward(batch.tensor()));
                System.arraycopy(found, 0, answers, start, count);
            }
        }
        return answers;
    }

    /** Writes the settings and the weights to {@code config.yaml} and {@code slide-cnn.safetensors} in a folder. */
    public void save(Path folder) {
        RunWeights.save(folder, settings, RunKind.SLIDES, network);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws slidefield.io.InputException if a file is missing, damaged or of another network
     */
    public static TrainedSlideCnn load(Path folder, Engine engine) {
        SlideCnnSettings settings = SlideCnnSettings.read(folder.resolve(RunFolder.CONFIG));
        SlideCnn network = network(engine, settings);
        RunWeights.read(folder, RunKind.SLIDES, network);
        return new TrainedSlideCnn(engine, settings, network);
    }
}
