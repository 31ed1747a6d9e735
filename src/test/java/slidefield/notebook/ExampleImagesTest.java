package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.cli.OvalImages;
import slidefield.data.DataRoot;
import slidefield.io.InputException;

/** Which images the notebooks on plain images take. */
class ExampleImagesTest {
    private static final Path MANIFESTS = Path.of("data-manifests/image-sets");
    private static final Supplier<Path> NEVER = () -> {
        throw new AssertionError("squares were cut though there are images");
    };

    @TempDir
    Path folder;

    private String chosen(String named, Path manifests, Supplier<Path> cut) {
        return Example.images(named, manifests, DataRoot.of(folder.resolve("data")), cut)
                .manifest()
                .name();
    }

    private void put(String image) throws IOException {
        Path file = folder.resolve("data").resolve(image);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    @Test
    void aNamedSetIsTakenBeforeAnyOther() throws IOException {
        put("sessile-main-Kvasir-SEG/images/a.jpg");
        Path ovals = OvalImages.write(folder.resolve("ovals"));

        Example.Images images = Example.images(ovals.toString(), MANIFESTS, DataRoot.of(folder.resolve("data")), NEVER);

        assertEquals("ovals", images.manifest().name());
        assertEquals("ovals", images.text());
        assertEquals(5, images.manifest().pairs(images.data()).size(), "files beside the manifest");
    }

    @Test
    void aNamedSetThatIsNotThereIsAnErrorThatNamesIt() {
        InputException failure = assertThrows(InputException.class, () -> chosen("no/such.yaml", MANIFESTS, NEVER));
        assertTrue(failure.getMessage().contains("such.yaml"), failure.getMessage());
    }

    @Test
    void realPolypsAreTakenWhereTheyAreThePapersFirst() throws IOException {
        put("Kvasir-SEG/images/a.jpg");
        assertEquals("kvasir-seg", chosen(null, MANIFESTS, NEVER));

        put("sessile-main-Kvasir-SEG/images/b.jpg");
        assertEquals("kvasir-sessile", chosen(" ", MANIFESTS, NEVER));
        String text = Example.images(null, MANIFESTS, DataRoot.of(folder.resolve("data")), NEVER)
                .text();
        assertTrue(text.startsWith("kvasir-sessile: The 196 images"), text);
        assertEquals(1, text.lines().count());
    }

    @Test
    void squaresAreCutWhereThereAreNoPolyps() throws IOException {
        // given what is no image of theirs
        put("Kvasir-SEG/images/readme.txt");
        Path ovals = OvalImages.write(folder.resolve("ovals"));

        assertEquals("ovals", chosen(null, MANIFESTS, () -> ovals));
        assertEquals("ovals", chosen("", folder.resolve("no-manifests"), () -> ovals));
    }
}
