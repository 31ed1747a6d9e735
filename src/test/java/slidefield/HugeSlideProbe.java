package slidefield;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CancellationException;
import slidefield.data.Base;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Optimisation;
import slidefield.fit.Phase;
import slidefield.fit.Segmenter;
import slidefield.fit.Settings;
import slidefield.fit.SlidePlane;
import slidefield.fit.TrainedField;
import slidefield.fit.Trainer;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.patch.Augmentation;
import slidefield.patch.PatchOptions;
import slidefield.patch.PatchSampler;
import slidefield.patch.PatchSite;
import slidefield.score.Resolution;
import slidefield.slide.HugeSlide;

/**
 * A process that works with a slide of 60,000 x 60,000 pixels, over 10 GB, and prints what it came to, one word and one
 * number or text a line. Argument: a folder.
 */
public final class HugeSlideProbe {
    private static final int SIDE = 60_000;
    private static final int WINDOW = 256;
    private static final double MPP = 0.25;
    private static final int STEPS = 20;
    private static final String LESION = "<ASAP_Annotations><Annotations><Annotation Name=\"a\" Type=\"Polygon\""
            + " PartOfGroup=\"Tumor\"><Coordinates><Coordinate Order=\"0\" X=\"25000\" Y=\"25000\"/>"
            + "<Coordinate Order=\"1\" X=\"35000\" Y=\"25000\"/><Coordinate Order=\"2\" X=\"35000\" Y=\"35000\"/>"
            + "<Coordinate Order=\"3\" X=\"25000\" Y=\"35000\"/></Coordinates></Annotation></Annotations>"
            + "</ASAP_Annotations>";

    private final Path folder;
    private final Path slide;
    private final Path lesions;

    private HugeSlideProbe(Path folder) throws IOException {
        this.folder = folder;
        this.slide = HugeSlide.write(folder.resolve("huge.tif"), SIDE, MPP);
        this.lesions = Files.writeString(folder.resolve("huge.xml"), LESION);
    }

    private OpenedSlide open(double mpp) {
        return OpenedSlide.open(slide, OptionalDouble.empty(), Optional.of(lesions), Base.ofMpp(mpp));
    }

    private static void print(String name, Object value) {
        System.out.println(name + " " + value);
    }

    /** Windows anywhere in the disc of tissue, at every resolution. */
    private static void windows(OpenedSlide slide) {
        Random random = new Random(5);
        for (Resolution resolution : Resolution.values()) {
            SlidePlane plane = slide.at(resolution);
            float[] rgb = new float[3 * WINDOW * WINDOW];
            float[] lesion = new float[WINDOW * WINDOW];
            long wrong = 0;
            double lesions = 0;
            for (int i = 0; i < 30; i++) {
                int x = plane.width() * 2 / 5 + random.nextInt(plane.width() / 5);
                int y = plane.height() * 2 / 5 + random.nextInt(plane.height() / 5);
                plane.rgb(x, y, WINDOW, WINDOW, rgb);
                plane.lesion(x, y, WINDOW, WINDOW, lesion);
                for (int k = 0; k < lesion.length; k++) {
                    int red = HugeSlide.red(x + k % WINDOW, y + k / WINDOW);
                    boolean exact = resolution != Resolution.BASE || Math.round(255 * rgb[3 * k]) == red;
                    wrong += exact && Math.round(255 * rgb[3 * k + 1]) == 120 ? 0 : 1;
                    lesions += lesion[k] / lesion.length;
                }
            }
            print("wrong-pixels-" + resolution.fileName(), wrong);
            print("lesion-windows-" + resolution.fileName(), Math.round(lesions));
        }
    }

    private static void patches(OpenedSlide slide) {
        PatchSampler sampler = PatchSampler.of(
                List.of(slide.at(Resolution.BASE)),
                List.of(1, 4),
                new PatchOptions(128, 1, 0.5, 8, 0.2),
                Augmentation.NONE,
                3);
        double lesions = 0;
        for (PatchSite site : sampler.draw("huge", 1, 40)) {
            sampler.colours(site, 0);
            sampler.colours(site, 1);
            lesions += sampler.lesion(site)[128 * 64 + 64];
        }
        print("patches-on-lesions", Math.round(lesions));
    }

    private static Settings settings() {
        return Settings.preset("teaching")
                .with(List.of(
                        "field.hashGrid.levels=4",
                        "field.hashGrid.log2Table=12",
                        "field.decoder.width=4",
                        "field.head.width=4",
                        "field.head.dilations=[1]",
                        "training.window=64",
                        "training.reconstructionEpochs=1",
                        "training.lesionEpochs=1",
                        "training.latents.scales=[1]",
                        "training.latents.virtualSlides=0",
                        "ito.epochs=1"));
    }

    /** Some steps at Base, then stopped as a person would. */
    private void train(OpenedSlide slide) {
        int[] done = {0};
        FitListener stopping = new FitListener() {
            @Override
            public void step(Phase phase, double loss) {
                if (++done[0] == STEPS) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try {
            new Trainer(Engine.preferred(), settings(), List.of(slide.at(Resolution.BASE)), folder)
                    .train(stopping, t -> {});
        } catch (CancellationException stopped) {
            print("steps", done[0]);
        }
    }

    /** The whole slide at 16 micrometres; and what cannot be held, which is refused before it is fitted. */
    private void segment(OpenedSlide fine) {
        TrainedField field;
        try (OpenedSlide coarse = open(16)) {
            SlidePlane plane = coarse.at(Resolution.BASE);
            field = new Trainer(Engine.preferred(), settings(), List.of(plane), folder)
                    .train(FitListener.NONE, t -> {});
            Segmenter.Result result = new Segmenter(field)
                    .segment(coarse, List.of(Resolution.BASE), Optimisation.BASE, FitListener.NONE)
                    .get(0);
            print("segmented-width", result.prediction().width());
        }
        for (Resolution resolution : List.of(Resolution.BASE, Resolution.QUARTER)) {
            try {
                new Segmenter(field).segment(fine, List.of(resolution), Optimisation.SAME, new FitListener() {
                    @Override
                    public void begin(Phase phase, String subject, long steps) {
                        throw new IllegalStateException("fitting has begun");
                    }
                });
            } catch (InputException refused) {
                print("refused-" + resolution.fileName(), refused.getMessage());
            }
        }
    }

    /**
     * @param args a folder for the slide
     */
    public static void main(String[] args) throws IOException {
        HugeSlideProbe probe = new HugeSlideProbe(Path.of(args[0]));
        try (OpenedSlide slide = probe.open(MPP)) {
            print("width", slide.at(Resolution.BASE).width());
            print("tissue-percent", Math.round(100 * slide.tissue().fraction()));
            windows(slide);
            patches(slide);
            probe.train(slide);
            probe.segment(slide);
        }
    }
}
