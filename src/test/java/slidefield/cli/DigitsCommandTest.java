package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.SyntheticOptions;
import slidefield.nic.DigitSets;
import slidefield.nic.SyntheticImage;
import slidefield.nic.SyntheticSet;

class DigitsCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int run(String... args) {
        bytes.reset();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return Main.run(args, both, both);
    }

    private static byte[] pixels(Path png) throws IOException {
        return ((DataBufferByte) ImageIO.read(png.toFile()).getRaster().getDataBuffer()).getData();
    }

    @Test
    void theFilesAreTheSetsImages() throws IOException {
        // given
        String out = folder.resolve("set").toString();
        // when
        assertEquals(0, run("digits", "--out", out, "--images", "2", "--size", "180", "--seed", "9", "--test"));
        // then
        SyntheticSet set =
                new SyntheticSet(SyntheticOptions.paper().withSize(180), DigitSets.find(DataRoot.find(), 9), 9);
        List<String> labels = Files.readAllLines(Path.of(out, "labels.csv"));
        assertEquals("image,label,distraction,tilted_size,straight_size", labels.get(0));
        assertEquals(3, labels.size());
        for (int i = 0; i < 2; i++) {
            SyntheticImage image = set.test(i);
            String name = "digits_0" + (i + 1);
            assertArrayEquals(image.pixels(), pixels(Path.of(out, name + ".png")));
            assertArrayEquals(image.mask().pixels(), pixels(Path.of(out, name + "_mask.png")));
            String row = name + ".png," + image.label() + "," + image.distraction() + "," + image.tiltedSize() + ",";
            assertTrue(labels.get(i + 1).startsWith(row), labels.get(i + 1));
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("label " + set.test(0).label()) && text.contains("labels.csv"), text);
    }

    @Test
    void trainingImagesAreOthersAndJsonIsOneObject() throws IOException {
        // given / when
        Path out = folder.resolve("json");
        assertEquals(0, run("digits", "--out", out.toString(), "--images", "1", "--size", "180", "--json"));
        String text = bytes.toString(StandardCharsets.UTF_8).strip();
        assertEquals(0, run("digits", "--out", folder.toString(), "--images", "1", "--size", "180", "--test"));
        // then
        assertTrue(text.contains("\"command\":\"digits\"") && text.contains("\"tilted_size\""), text);
        assertFalse(Arrays.equals(pixels(out.resolve("digits_01.png")), pixels(folder.resolve("digits_01.png"))));
    }

    @Test
    void whatCannotBeDrawnIsRefusedInOneLine() {
        for (String[] wrong : new String[][] {{"--size", "100", "multiple of 9"}, {"--images", "0", "1 to 10000"}}) {
            // when
            int status = run("digits", "--out", folder.resolve("x").toString(), wrong[0], wrong[1]);
            // then
            String text = bytes.toString(StandardCharsets.UTF_8);
            assertEquals(1, status, text);
            assertTrue(text.contains(wrong[2]) && text.strip().lines().count() == 1, text);
        }
        assertTrue(Files.notExists(folder.resolve("x")));
    }
}
