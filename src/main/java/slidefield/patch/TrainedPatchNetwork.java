package slidefield.patch;

import java.nio.file.Path;
import java.util.function.Predicate;
import slidefield.fit.FitListener;
import slidefield.fit.Glass;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Part;
import slidefield.fit.Plane;
import slidefield.fit.Prediction;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.RunWeights;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;
import slidefield.score.Resolution;
import slidefield.slide.View;

/** A patch network whose weights are trained, ready for slides that it has not seen. Not thread-safe. */
public final class TrainedPatchNetwork {
    private static final int STRIP = 64;

    private final Engine engine;
    private final PatchSettings settings;
    private final PatchNetwork network;

    TrainedPatchNetwork(Engine engine, PatchSettings settings, PatchNetwork network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
    }

    /** What it was trained with. */
    public PatchSettings settings() {
        return settings;
    }

    /** The network. */
    public PatchNetwork network() {
        return network;
    }

    /**
     * Lesion probability of every pixel of a slide at one resolution. The network sees that resolution's pixels as it
     * saw those of Base in training, whatever they measure (WSI-INR section 3, the patch methods of Table 1); all its
     * scales are relative to it.
     *
     * @param slide the unseen slide; its lesions are not read
     * @param resolution of the prediction
     * @param listener told how it goes
     * @throws slidefield.io.InputException if the prediction does not fit into memory
     */
    public Prediction predict(OpenedSlide slide, Resolution resolution, FitListener listener) {
        View view = slide.view(resolution);
        Prediction.requireRoom(view.width(), view.height(), false);
        return predict(slide.at(resolution), listener);
    }

    /**
     * Lesion probability of every pixel of a plane; bare glass is answered with background, as it is for fields.
     *
     * @param plane the slide at the resolution to predict at; its lesions are not read
     * @param listener told how it goes
     */
    public Prediction predict(Plane plane, FitListener listener) {
        Prediction answer = new Prediction(plane.width(), plane.height(), false);
        int scale = settings.patches().scale();
        if (scale == 1) {
            stitch(plane, part -> !Glass.covers(plane, part), listener, (part, lesion) -> {
                Glass.clear(plane, part, lesion, null);
                answer.put(part, lesion, null);
            });
            return answer;
        }
        Plane seen = plane.coarser(scale);
        Prediction coarse = new Prediction(seen.width(), seen.height(), false);
        stitch(seen, part -> !Glass.covers(plane, magnified(part, seen, plane)), listener, (part, lesion) -> {
            coarse.put(part, lesion, null);
        });
        Magnified magnified = new Magnified(coarse, plane.width(), plane.height());
        for (int y = 0; y < plane.height(); y += STRIP) {
            Part part = new Part(0, y, plane.width(), Math.min(STRIP, plane.height() - y));
            float[] lesion = magnified.lesion(part);
            Glass.clear(plane, part, lesion, null);
            answer.put(part, lesion, null);
        }
        return answer;
    }

    private void stitch(Plane seen, Predicate<Part> needed, FitListener listener, Stitching.Sink sink) {
        new Stitching(engine, network, settings.patches().size(), settings.stitching())
                .predict(seen, needed, listener, sink);
    }

    /** All fine pixels that are interpolated from a part of the coarse plane. */
    private static Part magnified(Part part, Plane coarse, Plane fine) {
        double x = (double) fine.width() / coarse.width();
        double y = (double) fine.height() / coarse.height();
        int left = Math.max(0, (int) Math.floor((part.x() - 1) * x));
        int top = Math.max(0, (int) Math.floor((part.y() - 1) * y));
        int right = Math.min(fine.width(), (int) Math.ceil((part.x() + part.width() + 1) * x));
        int bottom = Math.min(fine.height(), (int) Math.ceil((part.y() + part.height() + 1) * y));
        return new Part(left, top, right - left, bottom - top);
    }

    /** Writes the settings and the weights to {@code config.yaml} and {@code network.safetensors} in a folder. */
    public void save(Path folder) {
        RunWeights.save(folder, settings, RunKind.PATCH, network);
    }

    /**
     * Reads what {@link #save} wrote, for the fastest kernels here in the precision of the settings.
     *
     * @throws slidefield.io.InputException if a file is missing, damaged or does not fit the other
     */
    public static TrainedPatchNetwork load(Path folder) {
        PatchSettings settings = PatchSettings.read(folder.resolve(RunFolder.CONFIG));
        return load(folder, settings, Engine.preferred(settings.precision()));
    }

    /**
     * Reads the weights that {@link #save} wrote.
     *
     * @throws slidefield.io.InputException if the file is missing, damaged or of another network
     */
    public static TrainedPatchNetwork load(Path folder, PatchSettings settings, Engine engine) {
        PatchNetwork network = settings.network().build(engine.type(), Seeds.derive(settings.seed(), "network"));
        RunWeights.read(folder, RunKind.PATCH, network);
        return new TrainedPatchNetwork(engine, settings, network);
    }
}
