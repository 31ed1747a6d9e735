package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.swipe.Volume;

/** Networks of volumes on the command line. */
class VolumeCommandTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    private static List<String> tiny() {
        List<String> options = new ArrayList<>();
        for (String change : List.of(
                "volume.classes=1",
                "volume.stem=2",
                "volume.planes=[4, 4, 5, 5]",
                "volume.width=2",
                "volume.embedding=3",
                "volume.decoder.patchLayers=[5, 4, 4]",
                "volume.decoder.imageLayers=[5, 3]",
                "training.batch=2",
                "training.points=40",
                "optimisation.epochs=2")) {
            options.add("--set");
            options.add(change);
        }
        return options;
    }

    /** A box of a value in a volume of 20 x 16 x 12 bytes of 1 x 1 x 2 mm. */
    private static void box(Path file, int left, int inside, int outside) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(352 + 20 * 16 * 12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, 348);
        short[] dim = {3, 20, 16, 12, 1, 1, 1, 1};
        float[] pixdim = {1, 1, 1, 2};
        for (int i = 0; i < 8; i++) {
            bytes.putShort(40 + 2 * i, dim[i]);
        }
        for (int i = 0; i < 4; i++) {
            bytes.putFloat(76 + 4 * i, pixdim[i]);
        }
        bytes.putShort(70, (short) 2).putShort(72, (short) 8).putFloat(108, 352).put(123, (byte) 2);
        bytes.put(344, new byte[] {'n', '+', '1', 0});
        for (int i = 0; i < 20 * 16 * 12; i++) {
            boolean within = Math.abs(i % 20 - left - 4) <= 4 && Math.abs(i / 20 % 16 - 8) <= 4 && i / 320 > 3;
            bytes.put(352 + i, (byte) ((within ? inside : outside) + (inside > 1 ? i * 7 % 5 : 0)));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.array());
    }

    @BeforeAll
    static void train() throws IOException {
        for (int i = 0; i < 5; i++) {
            box(shared.resolve("set/images/" + i + ".nii"), 2 * i, 90, 20);
            box(shared.resolve("set/masks/" + i + ".nii"), 2 * i, 1, 0);
        }
        manifest = shared.resolve("set/set.yaml");
        Files.writeString(
                manifest,
                "name: boxes\nclasses: [box]\nparts:\n  - {images: images/*.nii, masks: masks/*.nii}\n"
                        + "split: {train: 3, validation: 1, test: 1}\n");
        run = shared.resolve("run");
        CommandLineFixture cli = new CommandLineFixture();
        assertEquals(0, cli.run("train-volume", manifest, "--out", run, tiny()), cli.err());
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "volume.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(4, metrics.size(), metrics.toString());
        assertTrue(metrics.get(1).startsWith("points,training volumes,1,"), metrics.get(1));
        assertTrue(metrics.get(3).startsWith("validation,training volumes,2,"), metrics.get(3));
    }

    @Test
    void aRunIsResumedReplacedOrLeftAlone() throws IOException {
        // given a finished run
        Path again = folder.resolve("run");
        CommandLineFixture.copy(run, again);
        byte[] weights = Files.readAllBytes(again.resolve("volume.safetensors"));
        // when / then
        assertEquals(1, cli.run("train-volume", manifest, "--out", again, tiny()));
        assertTrue(cli.err().contains("holds a run already"), cli.err());
        Files.delete(again.resolve("volume.safetensors"));
        assertEquals(0, cli.run("train-volume", manifest, "--out", again, "--resume"), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("volume.safetensors")));
        assertEquals(0, cli.run("train-volume", manifest, "--out", again, "--force", tiny()), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("volume.safetensors")), "the same bits");
    }

    @Test
    void aVolumeIsSegmentedAndScored() throws IOException {
        Path volume = shared.resolve("set/images/2.nii");
        Path truth = shared.resolve("set/masks/2.nii");

        int scored = cli.run("--json", "segment-volume", run, volume, "--out", folder, "--truth", truth);

        assertEquals(0, scored, cli.err());
        JsonNode found = cli.json();
        assertTrue(found.get("dice").asDouble() >= 0 && found.get("dice").asDouble() <= 1, found.toString());
        assertEquals(found.get("dice").asDouble(), found.get("box_dice").asDouble(), 1e-12);
        Volume mask = Volume.read(folder.resolve("2-mask.nii.gz"));
        Volume.read(volume).requireSameVoxels(mask);
        double millilitres = 0;
        for (float value : mask.values()) {
            assertTrue(value == 0 || value == 1);
            millilitres += value * 2 / 1000.0;
        }
        assertEquals(millilitres, found.get("box_ml").asDouble(), 1e-9);
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() throws IOException {
        Path volume = shared.resolve("set/images/2.nii");
        refused("only prediction.* can be set", "segment-volume", run, volume, "--out", folder, "--set", "seed=3");
        refused("use segment-volume", "segment", run, volume, "--out", folder);
        refused("use segment-volume", "segment-image", run, volume, "--out", folder);
        refused("expected at least the 348 of a NIfTI-1 header", "segment-volume", run, manifest, "--out", folder);
        refused("no file", "segment-volume", run, folder.resolve("none.nii"), "--out", folder);
        refused("is no run folder", "segment-volume", shared.resolve("set"), volume, "--out", folder);
        refused("unknown preset 'huge'", "train-volume", manifest, "--out", folder.resolve("new"), "--preset", "huge");
        refused("set volume.classes=1", "train-volume", manifest, "--out", folder.resolve("new"));
    }

    @Test
    void masksThatCannotBeLearntFromAreRefused() throws IOException {
        Path set = folder.resolve("set");
        for (int i = 0; i < 3; i++) {
            box(set.resolve("images/" + i + ".nii"), i, 90, 20);
            box(set.resolve("masks/" + i + ".nii"), i, 1, 0);
        }
        Path here = set.resolve("set.yaml");
        Files.writeString(
                here, Files.readString(manifest).replace("train: 3", "train: 1").replace("boxes", "others"));
        Object[] train = {"train-volume", here, "--out", folder.resolve("run"), tiny()};
        for (int i = 0; i < 3; i++) {
            box(set.resolve("masks/" + i + ".nii"), i, 2, 0);
        }
        refused("expected class numbers from 0 (background) to 1 (box)", train);
        for (int i = 0; i < 3; i++) {
            box(set.resolve("masks/" + i + ".nii"), i, 0, 0);
        }
        refused("masks/", train);
        for (int i = 0; i < 3; i++) {
            Files.copy(
                    shared.resolve("set/masks/0.nii"),
                    set.resolve("masks/" + i + ".nii"),
                    StandardCopyOption.REPLACE_EXISTING);
            byte[] other = Files.readAllBytes(set.resolve("masks/" + i + ".nii"));
            other[42] = 16;
            other[44] = 20;
            Files.write(set.resolve("masks/" + i + ".nii"), other);
        }
        refused("expected the same voxels", train);
        Files.writeString(here, Files.readString(here).replace("validation: 1", "validation: 0"));
        for (int i = 0; i < 3; i++) {
            box(set.resolve("masks/" + i + ".nii"), i, 1, 0);
        }
        refused("has no volume with the split 'validation'", train);
    }

    private void refused(String message, Object... args) {
        assertEquals(1, cli.run(args), cli.out());
        assertEquals(1, cli.err().strip().lines().count(), cli.err());
        assertTrue(cli.err().contains(message), cli.err());
    }
}
