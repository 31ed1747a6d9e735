package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.data.Verified;
import slidefield.slide.Lesions;
import slidefield.slide.Slide;
import slidefield.slide.Slides;
import slidefield.slide.View;

class ImportCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int run(String... args) {
        bytes.reset();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return Main.run(args, both, both);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Lesion (white) is the left half. */
    private Path picture(String name, int width, int height, Color left, Color right) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(right);
        g.fillRect(0, 0, width, height);
        g.setColor(left);
        g.fillRect(0, 0, width / 2, height);
        g.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void theImageAndItsMaskBecomeAnEntryOfTheManifest() throws IOException {
        // given
        String image =
                picture("my slide (1).png", 400, 300, Color.MAGENTA, Color.PINK).toString();
        String mask = picture("mask.png", 400, 300, Color.WHITE, Color.BLACK).toString();
        String plain = picture("plain.png", 200, 100, Color.PINK, Color.PINK).toString();
        String out = folder.resolve("set").toString();
        // when
        assertEquals(
                0,
                run(
                        "import",
                        image,
                        "--mask",
                        mask,
                        "--mpp",
                        "0.5",
                        "--out",
                        out,
                        "--crop",
                        "100,0,200,300",
                        "--split",
                        "test"),
                printed());
        assertTrue(printed().contains("200 x 300 pixels"), printed());
        assertEquals(0, run("import", plain, "--mpp=0.25", "--out", out), printed());
        // then
        Path file = folder.resolve("set/manifest.yaml");
        Manifest manifest = Manifest.read(file);
        assertEquals(
                List.of("my_slide_1_", "plain"),
                manifest.slides().stream().map(SlideEntry::name).toList());
        assertEquals(0.5, manifest.base().mpp());
        SlideEntry entry = manifest.split(Split.TEST).get(0);
        DataRoot data = DataRoot.of(folder).forManifest(file);
        manifest.slides().forEach(slide -> Verified.check(slide, data));
        try (Slide slide = Slides.open(data.slide(entry));
                Lesions lesions = Lesions.open(data.annotation(entry).orElseThrow(), slide)) {
            assertEquals("200 x 300", slide.width() + " x " + slide.height());
            byte[] lesion = lesions.mask(View.downsampled(slide, 1), 0, 0, 200, 1);
            assertEquals(1, lesion[99]);
            assertEquals(0, lesion[100]);
        }
        assertEquals(null, manifest.slide("plain").annotation());
        assertEquals(Split.TRAIN, manifest.slide("plain").split());
    }

    @Test
    void aSlideIsReplacedOnlyWhenAsked() throws IOException {
        // given
        String image = picture("a.png", 64, 64, Color.PINK, Color.RED).toString();
        String out = folder.resolve("set").toString();
        assertEquals(0, run("import", image, "--mpp", "1", "--out", out), printed());
        String before = Files.readString(folder.resolve("set/manifest.yaml"));
        // when
        int refused = run("import", image, "--mpp", "2", "--out", out, "--split", "test");
        // then
        assertEquals(1, refused);
        assertTrue(printed().contains("--replace"), printed());
        assertEquals(before, Files.readString(folder.resolve("set/manifest.yaml")));
        assertEquals(0, run("import", image, "--mpp", "2", "--out", out, "--split", "test", "--replace"), printed());
        Manifest after = Manifest.read(folder.resolve("set/manifest.yaml"));
        assertEquals(1, after.slides().size());
        assertEquals(2.0, after.slide("a").mpp());
    }

    @Test
    void whatCannotBeImportedLeavesNoManifest() throws IOException {
        // given
        String image = picture("a.png", 64, 64, Color.PINK, Color.RED).toString();
        String out = folder.resolve("set").toString();
        String text = Files.writeString(folder.resolve("t.png"), "no image").toString();
        // when / then
        assertEquals(1, run("import", image, "--mpp", "0", "--out", out));
        assertEquals(1, run("import", image, "--mpp", "NaN", "--out", out));
        assertEquals(1, run("import", text, "--mpp", "1", "--out", out));
        assertEquals(1, run("import", image, "--mpp", "1", "--out", out, "--crop", "0,0,65,64"));
        assertEquals(1, printed().lines().count(), printed());
        assertEquals(2, run("import", image, "--mpp", "1", "--out", out, "--crop", "0,0,65"));
        assertEquals(2, run("import", image, "--mpp", "1", "--out", out, "--split", "exam"));
        assertEquals(2, run("import", image, "--out", out));
        assertFalse(Files.exists(folder.resolve("set/manifest.yaml")));
    }
}
