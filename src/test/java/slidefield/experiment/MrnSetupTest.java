package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.data.Base;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.InputException;

class MrnSetupTest {
    private static Manifest manifest(int training, Split last, Base base) {
        List<SlideEntry> slides = new ArrayList<>();
        for (int i = 0; i < training; i++) {
            slides.add(SlideEntry.of("train" + i, "train" + i + ".tif", "train.xml", Split.TRAIN));
        }
        slides.add(SlideEntry.of("last", "last.tif", "last.xml", last));
        return new Manifest("set", null, base, null, null, null, slides);
    }

    private static List<String> names(Manifest manifest, Split split) {
        return manifest.split(split).stream().map(SlideEntry::name).toList();
    }

    private static ExperimentContext<Manifest> context(Manifest manifest) {
        return ExperimentContext.of(manifest, DataRoot.of(Path.of("data")), Path.of("out"), Size.QUICK);
    }

    private static MrnSetup setup(Manifest manifest) {
        return MrnSetup.of(context(manifest), "mrn-roc");
    }

    @Test
    void aFifthOfTheTrainingSlidesValidatesWhereNoneDoes() {
        Manifest manifest =
                setup(manifest(10, Split.TEST, Base.ofMpp(1))).context().manifest();

        assertEquals(List.of("train8", "train9"), names(manifest, Split.VALIDATION));
        assertEquals(8, names(manifest, Split.TRAIN).size());
        assertEquals(List.of("last"), names(manifest, Split.TEST));
    }

    @Test
    void aValidationSplitThatIsThereStays() {
        Manifest manifest = manifest(3, Split.VALIDATION, Base.ofMpp(1));

        assertSame(manifest, setup(manifest).context().manifest());
    }

    @Test
    void oneTrainingSlideCannotDoBoth() {
        assertThrows(InputException.class, () -> setup(manifest(1, Split.TEST, Base.ofMpp(1))));
    }

    @Test
    void networksAreNamedByTheirPixelSize() {
        Manifest manifest = manifest(2, Split.TEST, Base.ofMpp(0.5));

        MrnSetup setup = setup(manifest);

        assertEquals(List.of("U-Net 0.5 mpp", "U-Net 1 mpp", "U-Net 2 mpp", "U-Net 4 mpp"), setup.unets());
        assertEquals(8, setup.networks().get("U-Net 4 mpp").patches().scale());
        assertEquals(
                List.of(1, 2, 4, 8),
                setup.networks().get(MrnClaims.TRANSPOSED).network().scales());
        assertThrows(
                InputException.class, () -> MrnSetup.of(context(manifest).with(List.of("ito.epochs=3")), "mrn-roc"));
    }
}
