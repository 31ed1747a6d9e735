package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.io.InputException;

/** Patches of a manifest's split by their tissue, and encoders that learn from them. */
class ManifestPatchesTest {
    /** The greens of purple and of pink, and how far they vary. */
    private static final int PURPLE = 60;

    private static final int PINK = 120;
    private static final int NOISE = 15;

    private static final int SIDE = 8;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Manifest manifest;

    @BeforeAll
    static void draw() throws IOException {
        manifest = Manifest.read(TissueSlides.write(shared));
    }

    private static ManifestPatches patches(Manifest of, Split split, int scale) {
        return new ManifestPatches(of, split, DataRoot.of(shared), SIDE, scale, FitListener.NONE);
    }

    private static Manifest changed(Path folder, String from, String to) throws IOException {
        String text = Files.readString(shared.resolve("tissues.yaml"));
        assertTrue(text.contains(from), from);
        return Manifest.read(Files.writeString(folder.resolve("changed.yaml"), text.replace(from, to)));
    }

    private static EncoderSettings settings() {
        return EncoderSettings.preset("supervised-tissue-teaching")
                .with(List.of(
                        "encoder.patch=8",
                        "encoder.widths=[4, 4]",
                        "encoder.dense=6",
                        "encoder.code=3",
                        "objective.width=4",
                        "objective.classes=2",
                        "patches.training=64",
                        "patches.validation=32",
                        "training.batch=16",
                        "training.epochs=6"));
    }

    @Test
    void theTissueIsThatOfTheMaskAtTheCentre() {
        for (int scale : new int[] {1, 2}) {
            // when
            PatchSet drawn = patches(manifest, Split.VALIDATION, scale).tissues(40, 3);
            // then
            int seen = 0;
            assertEquals(List.of("tumour", "stroma"), drawn.classes());
            for (int i = 0; i < drawn.count(); i++) {
                // the four pixels around the centre are of one side, or across an edge
                int green = 0;
                for (int pixel : new int[] {27, 28, 35, 36}) {
                    green += drawn.patches().get(i)[3 * pixel + 1] & 0xFF;
                }
                assertEquals(i % 2, drawn.labels()[i]);
                boolean purple = Math.abs(green / 4 - PURPLE) <= NOISE;
                boolean pink = Math.abs(green / 4 - PINK) <= NOISE;
                assertTrue(!(purple || pink) || pink == (drawn.labels()[i] == 1), "green " + green / 4);
                seen += purple || pink ? 1 : 0;
            }
            assertTrue(seen > 30, "away from edges " + seen);
        }
    }

    @Test
    void theSeedAloneDecides() {
        PatchSet one = patches(manifest, Split.TEST, 1).tissues(8, 3);
        assertArrayEquals(
                one.patches().toArray(),
                patches(manifest, Split.TEST, 1).tissues(8, 3).patches().toArray());
    }

    @Test
    void anEncoderLearnsTissues() {
        EncoderTraining.Trained trained =
                EncoderTraining.train(settings(), manifest, DataRoot.of(shared), FitListener.NONE);
        assertTrue(trained.bestLoss().orElseThrow() < 0.1, "1 - accuracy " + trained.bestLoss());
    }

    @Test
    void whatHasNoTissuesIsRefused() throws IOException {
        Manifest bare = changed(folder, "tissue_mask: {path: train-tissue.png}, ", "");
        refused("has no slide with the split 'train'", () -> patches(bare, Split.TRAIN, 1)
                .tissues(4, 1));
        Manifest unnamed = new Manifest("plain", null, manifest.base(), null, null, null, bare.split(Split.TRAIN));
        refused("plain has no tissues:", () -> patches(unnamed, Split.TRAIN, 1).tissues(4, 1));
        Manifest third = changed(folder, "value: 3}", "value: 3}\n  - {name: fat, value: 4}");
        refused("no fat found", () -> patches(third, Split.TRAIN, 1).tissues(4, 1));
        Manifest three = changed(folder, "value: 3}", "value: 3}\n  - {name: glass, value: 0}");
        refused(
                "set objective.classes=3",
                () -> EncoderTraining.train(settings(), three, DataRoot.of(shared), FitListener.NONE));
        ImageIO.write(
                new BufferedImage(80, 80, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                shared.resolve("square.png").toFile());
        Manifest square = changed(folder, "path: train-tissue.png", "path: square.png");
        refused("80 x 80", () -> patches(square, Split.TRAIN, 1).tissues(4, 1));
        Manifest missing = changed(folder, "path: train-tissue.png", "path: nowhere.png");
        refused("no file nowhere.png", () -> patches(missing, Split.TRAIN, 1).tissues(4, 1));
    }

    private interface Draw {
        Object now();
    }

    private static void refused(String why, Draw draw) {
        InputException refused = assertThrows(InputException.class, draw::now);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
