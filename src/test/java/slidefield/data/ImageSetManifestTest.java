package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.io.InputException;

class ImageSetManifestTest {
    private static final String GOOD =
            "name: polyps\nclasses: [polyp]\nparts:\n  - {images: a/*.jpg, masks: b/*_m.jpg}\n";

    @TempDir
    Path folder;

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("data-manifests/image-sets"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestOfTheProjectSaysWhatItIs(Path file) {
        // when
        ImageSetManifest manifest = ImageSetManifest.read(file);
        // then
        assertEquals(file.getFileName().toString(), manifest.name() + ".yaml");
        assertFalse(manifest.description().isBlank());
        assertFalse(manifest.licence().isBlank());
        assertFalse(manifest.attribution().isBlank());
        assertTrue(manifest.source().startsWith("http"));
        assertTrue(file.getFileName().toString().equals(manifest.name() + ".yaml"));
    }

    @Test
    void thePapersSetsAreThere() throws IOException {
        assertEquals(
                List.of("amos", "bcv", "cvc-clinicdb", "hippocampus", "kvasir-seg", "kvasir-sessile"),
                manifests().stream()
                        .map(file -> ImageSetManifest.read(file).name())
                        .toList());
        ImageSetManifest sessile = ImageSetManifest.read(Path.of("data-manifests/image-sets/kvasir-sessile.yaml"));
        assertEquals(SplitRule.SWIPE, sessile.split());
        ImageSetManifest bcv = ImageSetManifest.read(Path.of("data-manifests/image-sets/bcv.yaml"));
        assertEquals(13, bcv.classes().size());
        assertEquals(new SplitRule(18, 6, 6), bcv.split());
    }

    private ImageSetManifest manifest(String text) throws IOException {
        return ImageSetManifest.read(Files.writeString(folder.resolve("set.yaml"), text));
    }

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createFile(folder.resolve(path));
        }
    }

    @Test
    void aSplitsSeedAndShareAreKeptInTheFile() throws IOException {
        ImageSetManifest plain = manifest(GOOD);
        ImageSetManifest few = plain.withSplit(plain.split().withSeed(4).withAnnotated(0.25));

        few.write(folder.resolve("few.yaml"));

        assertEquals(few, ImageSetManifest.read(folder.resolve("few.yaml")));
        plain.write(folder.resolve("plain.yaml"));
        assertFalse(Files.readString(folder.resolve("plain.yaml")).contains("annotated"));
        Files.writeString(
                folder.resolve("few.yaml"),
                Files.readString(folder.resolve("few.yaml")).replace("0.25", "2.5"));
        String message = assertThrows(InputException.class, () -> ImageSetManifest.read(folder.resolve("few.yaml")))
                .getMessage();
        assertTrue(message.contains("annotated"), message);
    }

    @Test
    void anImageAndItsMaskShareWhatStandsForTheStar() throws IOException {
        // given files of the pattern, and others
        files("a/2.jpg", "a/10.jpg", "a/notes.txt", "a/.jpg", "b/10_m.jpg", "b/2_m.jpg", "b/3_m.jpg");
        // when
        List<ImagePair> pairs = manifest(GOOD).pairs(DataRoot.of(folder));
        // then
        assertEquals(
                List.of("a/10.jpg", "a/2.jpg"),
                pairs.stream().map(ImagePair::name).toList());
        assertEquals(folder.resolve("b/10_m.jpg"), pairs.get(0).mask());
    }

    @Test
    void aListChoosesImages() throws IOException {
        // given
        files("a/1.jpg", "a/2.jpg", "b/1_m.jpg", "b/2_m.jpg");
        Files.writeString(folder.resolve("some.txt"), "# chosen\n\na/2.jpg \r\n");
        // when / then
        assertEquals(
                List.of("a/2.jpg"),
                manifest(GOOD).withOnly("some.txt").pairs(DataRoot.of(folder)).stream()
                        .map(ImagePair::name)
                        .toList());
        Files.writeString(folder.resolve("some.txt"), "a/3.jpg\n");
        String message = assertThrows(
                        InputException.class,
                        () -> manifest(GOOD).withOnly("some.txt").pairs(DataRoot.of(folder)))
                .getMessage();
        assertEquals(
                "the list some.txt names 'a/3.jpg', which is no image of polyps; expected lines such as a/1.jpg",
                message);
    }

    @Test
    void anImageWithoutItsMaskIsRefused() throws IOException {
        files("a/1.jpg");
        String message = assertThrows(InputException.class, () -> manifest(GOOD).pairs(DataRoot.of(folder)))
                .getMessage();
        assertTrue(message.startsWith("image a/1.jpg has no mask b/1_m.jpg"), message);
    }

    @Test
    void anEmptyFolderSaysWhereImagesComeFrom() throws IOException {
        String message = assertThrows(
                        InputException.class, () -> manifest(GOOD + "source: https://example.org/polyps\n")
                                .pairs(DataRoot.of(folder)))
                .getMessage();
        assertTrue(message.contains("no image a/*.jpg in " + folder), message);
        assertTrue(message.contains("get them from https://example.org/polyps"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classes: [polyp] | classes: [] | classes: expected the names of 1 to 127 classes",
                "classes: [polyp] | classes: [a, a] | classes[1]: expected a name of its own, found 'a'",
                "classes: [polyp] | classes: [a, b] | values: black-and-white masks show one class, found 2",
                "classes: [polyp] | classes: polyp | classes: expected a list",
                "a/*.jpg | a/1.jpg | parts[0].images: expected one * in the file's name",
                "a/*.jpg | '\"*/1.jpg\"' | parts[0].images: expected one * in the file's name",
                "a/*.jpg | ../*.jpg | parts[0].images: may not leave the data root",
                "b/*_m.jpg | a/*.jpg | parts[0].masks: expected other files than the images",
                "name: polyps | name: a b | name: expected a name of letters",
                "name: polyps | 'name: polyps\ntitle: x' | title: unknown key 'title'; known: attribution, classes",
                "name: polyps | 'name: polyps\nvalues: grey' | values: expected black-and-white or classes, found 'grey'",
                "name: polyps | 'name: polyps\nsplit: {train: 0, validation: 1, test: 1}' | train: expected a number of images from 1",
                "name: polyps | 'name: polyps\nsplit: {train: 2}' | split.validation: is missing; expected a whole number",
                "name: polyps | 'name: polyps\nsplit: 60:20:20' | split: expected the number of images of each split",
                "name: polyps | 'name: polyps\nsource: ftp://x' | source: expected an http or https address",
            })
    void whatCannotBeUsedIsRefusedInOneLine(String good, String bad, String expected) {
        // given a manifest with one change
        String text = GOOD.replace(good, bad);
        // when
        String message =
                assertThrows(InputException.class, () -> manifest(text)).getMessage();
        // then
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("set.yaml"), message);
        assertTrue(message.contains(expected), message);
    }
}
