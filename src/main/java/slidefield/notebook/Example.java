package slidefield.notebook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.SlideEntry;
import slidefield.fit.Settings;
import slidefield.nic.MeanRgb;
import slidefield.nic.PatchEncoder;
import slidefield.nic.PublishedEncoder;
import slidefield.nn.Engine;
import slidefield.patch.PatchSettings;
import slidefield.slide.PhantomOptions;
import slidefield.slide.Slide;
import slidefield.slide.Slides;
import slidefield.swipe.SwipeSettings;

/**
 * What the notebooks work on unless they are told otherwise: small synthetic slides, drawn once into
 * {@code data/phantom}, and real polyps where they are at hand, or images cut from those slides. The environment tells
 * otherwise: {@code SLIDEFIELD_MANIFEST} names another data set, {@code SLIDEFIELD_IMAGES} another image set, and
 * {@code SLIDEFIELD_QUICK} (any value) shrinks the fitting to a trial of seconds, which the tests use.
 */
public final class Example {
    private static final int SLIDES = 4;
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final long SEED = 1;
    /** Manifests of real polyps, the paper's own first. */
    private static final List<String> POLYPS = List.of("kvasir-sessile.yaml", "kvasir-seg.yaml");

    private Example() {}

    /**
     * A data set and where its files are.
     *
     * @param manifest which slides
     * @param data where files are
     */
    public record DataSet(Manifest manifest, DataRoot data) {}

    /**
     * The data set of {@code SLIDEFIELD_MANIFEST}, else the synthetic one.
     *
     * @throws slidefield.io.InputException if it cannot be read or drawn
     */
    public static DataSet dataSet() {
        Path file = manifestFile();
        return new DataSet(Manifest.read(file), DataRoot.find().forManifest(file));
    }

    /**
     * The file of that data set's manifest, for what reads it again in another process.
     *
     * @throws slidefield.io.InputException if the slides cannot be drawn
     */
    public static Path manifestFile() {
        String named = System.getenv("SLIDEFIELD_MANIFEST");
        return named == null || named.isBlank() ? phantoms() : Path.of(named);
    }

    /**
     * A set of plain images with masks and where its files are.
     *
     * @param manifest which images
     * @param data where files are
     */
    public record Images(ImageSetManifest manifest, DataRoot data) {
        /** Its name and what it is, in a line. */
        public String text() {
            String is = manifest.description();
            return manifest.name() + (is == null ? "" : ": " + is.strip().replaceAll("\\s+", " "));
        }
    }

    /**
     * The image set of {@code SLIDEFIELD_IMAGES}; else real polyps, if the data root has any: Kvasir-Sessile, or all of
     * Kvasir-SEG, as their archives lay them out; else squares with a lesion, cut from the slides of {@link #dataSet()}.
     *
     * @throws slidefield.io.InputException if it cannot be read or cut
     */
    public static Images images() {
        return images(
                System.getenv("SLIDEFIELD_IMAGES"),
                DataRoot.home().resolve("data-manifests/image-sets"),
                DataRoot.find(),
                () -> LesionImages.of(manifestFile(), dataSet()));
    }

    /**
     * @param named stands for {@code SLIDEFIELD_IMAGES}; null or blank where it is not set
     * @param manifests a folder with the polyps' manifests; they need not be there
     * @param data where polyps are looked for
     * @param cut gives a manifest where there are none
     */
    static Images images(String named, Path manifests, DataRoot data, Supplier<Path> cut) {
        if (named != null && !named.isBlank()) {
            return images(Path.of(named), data);
        }
        for (String polyps : POLYPS) {
            Path manifest = manifests.resolve(polyps);
            if (Files.exists(manifest)) {
                Images images = images(manifest, data);
                if (images.manifest().isIn(images.data())) {
                    return images;
                }
            }
        }
        return images(cut.get(), data);
    }

    private static Images images(Path manifest, DataRoot data) {
        return new Images(ImageSetManifest.read(manifest), data.forManifest(manifest));
    }

    /**
     * A slide to compress: that of CMU in the data root ({@code wsi/cmu_small_region.svs}), where it is there and
     * {@code SLIDEFIELD_MANIFEST} names nothing else, otherwise the first of {@link #dataSet()}.
     *
     * @return the slide; close it after use
     * @throws slidefield.io.InputException if it cannot be read or drawn
     */
    public static Slide slide() {
        Path real = DataRoot.find().root().resolve("wsi/cmu_small_region.svs");
        String named = System.getenv("SLIDEFIELD_MANIFEST");
        if ((named == null || named.isBlank()) && Files.isRegularFile(real)) {
            return Slides.open(real);
        }
        DataSet set = dataSet();
        SlideEntry first = set.manifest().slides().get(0);
        return Slides.open(set.data().slide(first), first.pixelSize());
    }

    /**
     * An encoder of patches: the published BiGAN's in the data root ({@code nic/encoder_bigan.h5}), where it is there, otherwise
     * mean-RGB.
     *
     * @return the encoder; close it after use
     * @throws slidefield.io.InputException if the file cannot be used
     */
    public static PatchEncoder encoder() {
        DataRoot data = DataRoot.find();
        return PublishedEncoder.BIGAN.file(data).isPresent()
                ? PublishedEncoder.BIGAN.open(data, Engine.preferred())
                : new MeanRgb();
    }

    /**
     * Synthetic whole slides with labels: 64 of {@code data-manifests/phantom-nic.yaml} and 20 for encoders, drawn once into
     * the project's data folder; a few small ones where {@code SLIDEFIELD_QUICK} is set.
     *
     * @throws slidefield.io.InputException if they cannot be drawn
     */
    public static LabelledSlides labelledSlides() {
        return System.getenv("SLIDEFIELD_QUICK") == null ? LabelledSlides.whole() : LabelledSlides.few();
    }

    /**
     * A size for the tests where {@code SLIDEFIELD_QUICK} is set.
     *
     * @param normal otherwise
     * @param quick much less
     */
    public static <T> T sized(T normal, T quick) {
        return System.getenv("SLIDEFIELD_QUICK") == null ? normal : quick;
    }

    private static Path phantoms() {
        Path folder = DataRoot.home().resolve("data").resolve("phantom");
        Path manifest = folder.resolve(PhantomSet.MANIFEST);
        if (!Files.exists(manifest)) {
            PhantomOptions options = PhantomOptions.defaults().withSize(WIDTH, HEIGHT);
            PhantomSet.make(folder, SLIDES, options, SEED, done -> {});
        }
        return manifest;
    }

    /**
     * A preset with changes, and much less of everything where {@code SLIDEFIELD_QUICK} is set.
     *
     * @param preset teaching or paper
     * @param changes of the form key=value, as for {@link Settings#with(List)}
     */
    public static Settings settings(String preset, String... changes) {
        Settings settings = Settings.preset(preset).with(List.of(changes));
        return System.getenv("SLIDEFIELD_QUICK") == null
                ? settings
                : settings.with(List.of(
                        "training.window=64",
                        "training.minimumTissue=0.3",
                        "training.reconstructionEpochs=1",
                        "training.lesionEpochs=1",
                        "training.latents.scales=[1]",
                        "training.latents.virtualSlides=0",
                        "ito.epochs=1"));
    }

    /**
     * A SwIPE's preset with changes, and much less of everything where {@code SLIDEFIELD_QUICK} is set.
     *
     * @param preset released, paper or teaching
     * @param changes of the form key=value, as for {@link SwipeSettings#with(List)}
     */
    public static SwipeSettings swipeSettings(String preset, String... changes) {
        SwipeSettings settings = SwipeSettings.preset(preset).with(List.of(changes));
        return System.getenv("SLIDEFIELD_QUICK") == null
                ? settings
                : settings.with(List.of(
                        "training.size=64",
                        "training.iterations=2",
                        "training.batch=2",
                        "training.points=50",
                        "prediction.width=0",
                        "prediction.height=0"));
    }

    /**
     * A patch network's preset with changes, and much less of everything where {@code SLIDEFIELD_QUICK} is set.
     *
     * @param network as {@link PatchSettings#networks()} has it
     * @param changes of the form key=value, as for {@link PatchSettings#with(List)}
     */
    public static PatchSettings patchSettings(String network, String... changes) {
        PatchSettings settings = PatchSettings.preset(network).with(List.of(changes));
        return System.getenv("SLIDEFIELD_QUICK") == null
                ? settings
                : settings.with(List.of(
                        "training.epochs=1",
                        "training.stepsPerEpoch=2",
                        "training.batch=2",
                        "patches.validationPatches=2"));
    }
}
