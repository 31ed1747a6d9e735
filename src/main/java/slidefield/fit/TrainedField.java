package slidefield.fit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.field.LevelMask;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.SafeTensors;

/**
 * A field whose shared weights are trained, ready for slides that it has not seen: {@link #fit} a slide, then
 * {@link #predict} it at any resolution. Not thread-safe: its engine serves one thread. The weights and fitted slides may
 * be read by several threads at once, each through its own {@link #on(Engine)}.
 */
public final class TrainedField {
    /** Name of the weights' file in a run folder. */
    public static final String WEIGHTS = "field.safetensors";

    private static final int PREDICTION_WINDOW = 256;

    private final Engine engine;
    private final Settings settings;
    private final Field field;

    TrainedField(Engine engine, Settings settings, Field field) {
        this.engine = engine;
        this.settings = settings;
        this.field = field;
    }

    /** What it was trained with. */
    public Settings settings() {
        return settings;
    }

    /** Decoder and heads. */
    public Field field() {
        return field;
    }

    /** The same weights under other settings of inference-time optimisation. */
    public TrainedField with(ItoOptions ito) {
        return new TrainedField(engine, settings.with(ito), field);
    }

    /**
     * The same weights for another thread: not copied. Fitted slides may be shared too; nobody may train meanwhile.
     *
     * @param other the other thread's own engine, of the same type
     */
    public TrainedField on(Engine other) {
        return new TrainedField(other, settings, field);
    }

    /**
     * Inference-time optimisation: a fresh hash grid learns to paint the slide, all else frozen. Takes minutes for
     * a slide of some thousand pixels; the same seed gives the same bits.
     *
     * @param plane the slide at the resolution to fit at; its lesions are not read
     * @param listener told how it goes
     * @throws InputException if the plane holds no tissue
     */
    public Fitted fit(Plane plane, FitListener listener) {
        return fit(plane, UnaryOperator.identity(), listener);
    }

    /**
     * The same with some levels of the hash grid closed, while it is fitted and ever after (WSI-INR Fig. 4). It starts
     * from the same entries and visits the same windows as {@link #fit(Plane, FitListener)}.
     *
     * @param plane the slide at the resolution to fit at; its lesions are not read
     * @param levels those that pass
     * @param listener told how it goes
     * @throws InputException if the plane holds no tissue, or the field has no hash grid of as many levels
     */
    public Fitted fit(Plane plane, LevelMask levels, FitListener listener) {
        return fit(plane, levels::on, listener);
    }

    private Fitted fit(Plane plane, UnaryOperator<Encoding> view, FitListener listener) {
        long seed = Seeds.derive(settings.seed(), "fit", plane.name(), plane.width(), plane.height());
        Plane seen = NormalisedPlane.asSeen(plane, settings);
        return new InferenceTimeOptimisation(engine, field, settings).fit(seen, Phase.ITO, seed, view, listener);
    }

    /**
     * Lesion probability and colours of every pixel; bare glass, where nothing was fitted, is answered with background
     * and white, and left out of the PSNR.
     *
     * @param fitted the slide's encoding, fitted at this or another resolution
     * @param plane the resolution to answer at; its colours are read for the PSNR alone
     * @param listener told how it goes
     */
    public Prediction predict(Fitted fitted, Plane plane, FitListener listener) {
        Prediction prediction = new Prediction(plane.width(), plane.height(), true);
        double[] error = {0};
        long[] counted = {0};
        Plane seen = NormalisedPlane.asSeen(plane, settings);
        DensePrediction dense = new DensePrediction(engine, field, PREDICTION_WINDOW);
        listener.begin(Phase.PREDICTION, plane.name(), dense.windows(plane));
        dense.predict(fitted.encoding(), plane, true, (part, lesion, colours) -> {
            if (seen instanceof NormalisedPlane normalised) {
                normalised.toSlide(colours, part.area());
            }
            boolean[] tissue = Glass.clear(plane, part, lesion, colours);
            prediction.put(part, lesion, colours);
            error[0] += squaredError(plane, part, colours, tissue);
            counted[0] += count(tissue);
            listener.step(Phase.PREDICTION, Double.NaN);
        });
        listener.end(Phase.PREDICTION, plane.name());
        prediction.psnr(-10 * Math.log10(error[0] / (3.0 * counted[0])));
        return prediction;
    }

    private static long count(boolean[] tissue) {
        long count = 0;
        for (boolean pixel : tissue) {
            count += pixel ? 1 : 0;
        }
        return count;
    }

    private static double squaredError(Plane plane, Part part, float[] colours, boolean[] tissue) {
        float[] truth = new float[colours.length];
        plane.rgb(part.x(), part.y(), part.width(), part.height(), truth);
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double difference = tissue[i / 3] ? truth[i] - colours[i] : 0;
            sum += difference * difference;
        }
        return sum;
    }

    /** Writes the shared weights to {@link #WEIGHTS} in a folder; the settings are the run's own file. */
    public void save(Path folder) {
        SafeTensors.write(folder.resolve(WEIGHTS), values(field), Map.of("format", RunKind.FIELD.format()));
    }

    /**
     * Reads the shared weights that {@link #save} wrote.
     *
     * @throws InputException if the file is missing, damaged or of another size of field
     */
    public static TrainedField load(Path folder, Settings settings, Engine engine) {
        Field field = new Field(settings.field(), engine.type(), settings.seed());
        Path file = folder.resolve(WEIGHTS);
        Weights.read(file, values(field));
        return new TrainedField(engine, settings, field);
    }

    /** A field's live weights by name. */
    static Map<String, INDArray> values(Field field) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        field.parameters().forEach((name, p) -> values.put(name, p.value()));
        return values;
    }
}
