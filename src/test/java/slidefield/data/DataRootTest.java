package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.io.InputException;

class DataRootTest {
    @TempDir
    Path folder;

    @Test
    void theVariableComesFirstThenDataThenTheSharedFolder() throws IOException {
        // given
        Path working = Files.createDirectories(folder.resolve("project"));
        Path own = working.resolve("data");
        Path shared = folder.resolve("shared/data");
        // when / then
        assertEquals(own, DataRoot.find(Map.of(), working).root(), "nothing there: the place to make");
        Files.createDirectories(shared);
        assertEquals(shared, DataRoot.find(Map.of(), working).root());
        Files.createDirectories(own);
        assertEquals(own, DataRoot.find(Map.of("SLIDEFIELD_DATA", " "), working).root());
        Path named = folder.resolve("named");
        assertEquals(
                named,
                DataRoot.find(Map.of("SLIDEFIELD_DATA", named.toString()), working)
                        .root());
    }

    @Test
    void aFileOfTheSharedFolderIsFoundAlsoBesideAnOwnDataFolder() throws IOException {
        // given
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.createDirectories(project.resolve("data"));
        Path shared = Files.createDirectories(folder.resolve("shared/data"));
        Files.writeString(shared.resolve("a.tif"), "shared");
        // when / then
        assertEquals(shared.resolve("a.tif"), DataRoot.find(Map.of(), project).resolve("a.tif"));
        Path own = Files.writeString(project.resolve("data/a.tif"), "own");
        assertEquals(own, DataRoot.find(Map.of(), project).resolve("a.tif"));
    }

    @Test
    void aFileBesideItsManifestIsFoundBeforeTheRoots() throws IOException {
        // given
        Path manifest = Files.createDirectories(folder.resolve("phantoms")).resolve("manifest.yaml");
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("a.tif"), "root");
        Files.writeString(root.resolve("b.tif"), "root");
        Path beside = Files.writeString(manifest.resolveSibling("a.tif"), "beside");
        DataRoot data = DataRoot.of(root).forManifest(manifest);
        // when / then
        assertEquals(beside.toAbsolutePath(), data.resolve("a.tif"));
        assertEquals(root.resolve("b.tif"), data.resolve("./b.tif"));
        assertEquals(root, data.root());
        assertEquals(Optional.empty(), data.annotation(SlideEntry.of("a", "a.tif", null, Split.TEST)));
    }

    @Test
    void aMissingFileIsNamedWithTheFoldersAndWhatToDo() {
        // given
        Path absent = folder.resolve("absent");
        DataRoot data = DataRoot.of(absent).forManifest(folder.resolve("m.yaml"));
        // when
        String message = assertThrows(InputException.class, () -> data.resolve("x/a.tif"))
                .getMessage();
        // then
        for (String part : new String[] {"x/a.tif", absent.toString(), "no such folder", "SLIDEFIELD_DATA"}) {
            assertTrue(message.contains(part), part + " is not in: " + message);
        }
        assertThrows(InputException.class, () -> data.resolve("../secret"));
    }

    @Test
    void aFileThatDiffersIsNotTheOneTheManifestNames() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        String sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        // when / then
        Verified.check(file, 3L, sha.toUpperCase(java.util.Locale.ROOT));
        Verified.check(file, null, null);
        assertTrue(assertThrows(InputException.class, () -> Verified.check(file, 4L, sha))
                .getMessage()
                .contains("expected 4 bytes, found 3"));
        Files.writeString(file, "abd");
        assertTrue(assertThrows(InputException.class, () -> Verified.check(file, 3L, sha))
                .getMessage()
                .contains(sha));
        assertThrows(InputException.class, () -> Verified.check(folder.resolve("absent"), 3L, null));
    }

    @Test
    void theBcssManifestNamesTheRealFiles() throws IOException {
        // given
        Path file = Path.of("data-manifests/bcss.yaml");
        Manifest manifest = Manifest.read(file);
        DataRoot data = DataRoot.find().forManifest(file);
        assertEquals(2, manifest.split(Split.TRAIN).size());
        assertEquals(1, manifest.split(Split.TEST).size());
        assumeTrue(
                data.existing("bcss/1008.jpg").isPresent(),
                "no bcss/1008.jpg in " + data.root() + "; set SLIDEFIELD_DATA");
        for (SlideEntry slide : manifest.slides()) {
            // when
            Verified.check(slide, data);
            int[] size = size(data.slide(slide));
            int[] mask = size(data.annotation(slide).orElseThrow());
            // then
            slide.crop().ifPresent(region -> region.checkInside(slide.name(), size[0], size[1]));
            assertEquals(size[0] + " x " + size[1], mask[0] + " x " + mask[1]);
        }
    }

    private static int[] size(Path image) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(image.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            return new int[] {reader.getWidth(0), reader.getHeight(0)};
        }
    }
}
