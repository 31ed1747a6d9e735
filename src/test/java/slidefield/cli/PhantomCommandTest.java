package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

class PhantomCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int run(String... args) {
        bytes.reset();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return Main.run(args, both, both);
    }

    @Test
    void theManifestNamesVerifiedSlidesThatOpen() {
        // given
        Path out = folder.resolve("set");
        // when
        assertEquals(0, run("phantom", "--out", out.toString(), "--slides", "3", "--size", "300x256", "--seed", "9"));
        // then
        Path file = out.resolve("manifest.yaml");
        Manifest manifest = Manifest.read(file);
        assertEquals(2, manifest.split(Split.TRAIN).size());
        assertEquals(1, manifest.split(Split.TEST).size());
        DataRoot data = DataRoot.of(folder.resolve("elsewhere")).forManifest(file);
        for (SlideEntry entry : manifest.slides()) {
            Verified.check(entry, data);
            try (Slide slide = Slides.open(data.slide(entry));
                    Lesions lesions = Lesions.open(data.annotation(entry).orElseThrow(), slide)) {
                assertEquals(300, slide.width());
                assertEquals(entry.mpp(), slide.mpp().orElseThrow(), 1e-3);
                assertTrue(!lesions.isEmpty(), entry.name());
            }
        }
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("wrote " + file), bytes.toString());
    }

    @Test
    void theManifestOfSomethingElseIsNotReplaced() throws IOException {
        // given
        String other = "name: mine\nbase: {mpp: 1}\nslides:\n  - {name: a, path: a.tif, split: test}\n";
        Path file = Files.writeString(folder.resolve("manifest.yaml"), other);
        // when
        int status = run("phantom", "--out", folder.toString(), "--slides", "1", "--size", "256x256");
        // then
        assertEquals(1, status);
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("'mine'"), bytes.toString());
        assertEquals(other, Files.readString(file));
        assertTrue(Files.notExists(folder.resolve("phantom_01.tif")));
    }
}
