package slidefield;

import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Fitted;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Phase;
import slidefield.fit.Settings;
import slidefield.fit.SlidePlane;
import slidefield.fit.TrainedField;
import slidefield.fit.Training;
import slidefield.patch.PatchSettings;
import slidefield.patch.PatchTraining;
import slidefield.score.Resolution;
import slidefield.slide.PhantomOptions;

/**
 * A process that trains, fits, predicts and opens slides, and prints again and again how much memory it holds: lines of
 * the work, the steps done and a {@link MemorySample}. Arguments: a folder, and how many steps each work takes.
 */
public final class MemoryProbe {
    /** Measured this often, after the first third of a work. */
    private static final int SAMPLES = 8;

    private final Manifest manifest;
    private final DataRoot data;
    private final int steps;

    private MemoryProbe(Path folder, int steps) {
        Path file = PhantomSet.make(folder, 4, PhantomOptions.defaults().withSize(256, 256), 6, done -> {})
                .manifest();
        this.manifest = Manifest.read(file);
        this.data = DataRoot.find().forManifest(file);
        this.steps = steps;
    }

    /** Measures every so many steps of a work. */
    private static final class Meter implements FitListener {
        private final String work;
        private final long total;
        private long done;

        Meter(String work, long total) {
            this.work = work;
            this.total = total;
        }

        void step() {
            done++;
            long first = total / 3;
            if (done > first
                    && (done - first) * SAMPLES / (total - first) > (done - 1 - first) * SAMPLES / (total - first)) {
                System.out.println(work + " " + done + " " + MemorySample.now().line());
            }
        }
    }

    /** Measures the phases of a fit, each a work of its own. */
    private static final class Phases implements FitListener {
        private Meter meter;

        @Override
        public void begin(Phase phase, String subject, long steps) {
            meter = new Meter(phase.name(), steps);
        }

        @Override
        public void step(Phase phase, double loss) {
            meter.step();
        }
    }

    private TrainedField train() {
        Settings settings = Settings.preset("teaching")
                .with(List.of(
                        "field.hashGrid.levels=4",
                        "field.hashGrid.log2Table=12",
                        "field.decoder.width=4",
                        "field.head.width=4",
                        "field.head.dilations=[1]",
                        "training.window=64",
                        "training.reconstructionEpochs=" + Math.max(1, steps / 40),
                        "training.lesionEpochs=" + Math.max(1, steps / 40),
                        "training.latents.scales=[1]",
                        "training.latents.virtualSlides=0",
                        "ito.epochs=" + Math.max(1, steps / 13)));
        return Training.train(settings, manifest, data, new Phases()).field();
    }

    private void fit(TrainedField field) {
        try (OpenedSlide slide = open(Split.TEST, 0)) {
            SlidePlane plane = slide.at(Resolution.BASE);
            field.fit(plane, new Phases());
            int fits = Math.max(12, steps / 10);
            Meter meter = new Meter("fits", fits);
            TrainedField brief =
                    field.with(field.settings().with(List.of("ito.epochs=1")).ito());
            for (int i = 0; i < fits; i++) {
                Fitted fitted = brief.fit(plane, FitListener.NONE);
                field.predict(fitted, plane, FitListener.NONE);
                meter.step();
            }
        }
    }

    private void trainPatches() {
        PatchSettings settings = PatchSettings.preset("unet")
                .with(List.of(
                        "network.base=2",
                        "network.levels=2",
                        "patches.size=32",
                        "patches.validationPatches=4",
                        "training.batch=2",
                        "training.stepsPerEpoch=8",
                        "training.epochs=" + Math.max(1, steps / 10)));
        PatchTraining.train(settings, manifest, data, new Phases());
    }

    private void openSlides() {
        int count = Math.max(20, steps / 10);
        Meter meter = new Meter("slides", count);
        for (int i = 0; i < count; i++) {
            try (OpenedSlide slide = open(Split.TRAIN, i)) {
                SlidePlane plane = slide.at(Resolution.BASE);
                float[] colours = new float[3 * 64 * 64];
                plane.rgb(20, 30, 64, 64, colours);
                plane.mask(0, 0, plane.width(), plane.height());
                slide.at(Resolution.QUARTER).rgb(0, 0, 16, 16, colours);
                slide.tissue().picture();
                meter.step();
            }
        }
    }

    private OpenedSlide open(Split split, int i) {
        List<SlideEntry> slides = manifest.split(split);
        return OpenedSlide.open(slides.get(i % slides.size()), manifest.base(), data);
    }

    /**
     * @param args a folder for slides, and the steps of each work
     */
    public static void main(String[] args) {
        MemoryProbe probe = new MemoryProbe(Path.of(args[0]), Integer.parseInt(args[1]));
        TrainedField field = probe.train();
        probe.fit(field);
        probe.trainPatches();
        probe.openSlides();
    }
}
