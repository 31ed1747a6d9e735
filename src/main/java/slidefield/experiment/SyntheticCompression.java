package slidefield.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import slidefield.data.SyntheticManifest;
import slidefield.fit.FitListener;
import slidefield.fit.OutputFolder;
import slidefield.fit.Phase;
import slidefield.nic.CodeGrid;
import slidefield.nic.EncoderSettings;
import slidefield.nic.GreyCompression;
import slidefield.nic.GreyPlane;
import slidefield.nic.GridFile;
import slidefield.nic.LabelledGrid;
import slidefield.nic.PatchEncoder;
import slidefield.nic.SyntheticImage;
import slidefield.nic.SyntheticPart;
import slidefield.nic.SyntheticSet;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;

/**
 * The synthetic images of an experiment as grids of codes. Those to learn from are kept in a file until others are asked for: at the
 * paper's size 115 GB with codes of 16 values; test images are compressed one by one.
 *
 * <p>Not thread-safe.
 */
final class SyntheticCompression implements AutoCloseable {
    private final ExperimentContext<SyntheticManifest> context;
    private final SyntheticSet set;
    private final SyntheticEncoderRuns encoders;
    private GridFile grids;
    private EncoderSettings ofEncoder;
    private int ofStride;

    SyntheticCompression(
            ExperimentContext<SyntheticManifest> context, SyntheticSet set, SyntheticEncoderRuns encoders) {
        this.context = context;
        this.set = set;
        this.encoders = encoders;
    }

    /** Refuses an encoder's run that is there but was made otherwise. */
    void require(SyntheticSetup setup) {
        encoders.require(setup.encoderRun(), setup.seed(), setup.encoder());
    }

    /** The grids of a fold of the training images, readable until others are asked for. */
    List<LabelledGrid> fold(SyntheticSetup setup, int fold) {
        if (grids == null || !setup.encoder().equals(ofEncoder) || setup.stride() != ofStride) {
            close();
            fill(setup);
        }
        int each = part(fold).count();
        return IntStream.range(fold * each, (fold + 1) * each)
                .mapToObj(grids::get)
                .toList();
    }

    private SyntheticPart part(int fold) {
        return SyntheticPart.fold(context.manifest().training(), fold);
    }

    private void fill(SyntheticSetup setup) {
        FitListener listener = context.listener();
        int each = part(0).count();
        try (PatchEncoder encoder = encoder(setup)) {
            Path folder = context.out();
            OutputFolder.make(folder);
            grids = new GridFile(folder);
            ofEncoder = setup.encoder();
            ofStride = setup.stride();
            GreyCompression compression = new GreyCompression(encoder, setup.stride());
            listener.begin(Phase.PREDICTION, "images compressed for " + setup.run(), (long) SyntheticPart.FOLDS * each);
            for (int fold = 0; fold < SyntheticPart.FOLDS; fold++) {
                for (int i = 0; i < each; i++) {
                    SyntheticImage image = set.image(part(fold), i);
                    CodeGrid grid = compression.compress(GreyPlane.of(image));
                    grids.add("training image " + (part(fold).from() + i), image.label(), grid, encoder.name());
                    listener.step(Phase.PREDICTION, Double.NaN);
                    requireGoingOn();
                }
            }
            listener.end(Phase.PREDICTION, "images compressed for " + setup.run());
        }
    }

    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted between two images");
        }
    }

    private PatchEncoder encoder(SyntheticSetup setup) {
        return encoders.of(setup.encoderRun(), setup.seed(), setup.encoder()).encoder(Engine.preferred());
    }

    /** What a network says of the test images. */
    SyntheticAnswers answers(SyntheticSetup setup, TrainedSlideCnn network) {
        int images = context.manifest().test();
        int[] tilted = new int[images];
        int[] labels = new int[images];
        int[] predicted = new int[images];
        test(setup, (test, i) -> {
            tilted[i] = test.image().tiltedSize();
            labels[i] = test.image().label();
            predicted[i] = network.predict(test.labelled(i)).mostProbable();
        });
        return new SyntheticAnswers(tilted, labels, predicted);
    }

    /**
     * A test image.
     *
     * @param image as it is
     * @param grid its codes
     */
    record Test(SyntheticImage image, CodeGrid grid) {
        /** Its codes with its label. */
        LabelledGrid labelled(int number) {
            return LabelledGrid.of("test image " + number, image.label(), List.of(grid));
        }
    }

    /**
     * Compresses the test images one by one.
     *
     * @param use told each image and its number
     */
    void test(SyntheticSetup setup, ObjIntConsumer<Test> use) {
        SyntheticPart part = SyntheticPart.test(context.manifest().test());
        try (PatchEncoder encoder = encoder(setup)) {
            GreyCompression compression = new GreyCompression(encoder, setup.stride());
            for (int i = 0; i < part.count(); i++) {
                SyntheticImage image = set.image(part, i);
                use.accept(new Test(image, compression.compress(GreyPlane.of(image))), i);
                requireGoingOn();
            }
        }
    }

    @Override
    public void close() {
        if (grids != null) {
            grids.close();
            grids = null;
        }
    }
}
