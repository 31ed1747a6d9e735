package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Fetch.Assurance;
import slidefield.data.Fetch.How;
import slidefield.io.InputException;

/** The files of a manifest: which there are, where they go, what is used as it is. */
@Timeout(60)
class FetchTest {
    private static final byte[] FILE = "not really a slide".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String SHA = "0".repeat(64);

    @TempDir
    Path folder;

    private final FileServer server = new FileServer(FILE, "\"one\"");

    @AfterEach
    void stop() {
        server.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Fetch fetch() {
        return new Fetch(DataRoot.of(data()), DownloadOptions.defaults());
    }

    private Manifest manifest(String... slides) throws IOException {
        String yaml = "name: set\nbase: {mpp: 1.0}\nslides:\n  - " + String.join("\n  - ", slides) + "\n";
        return Manifest.read(Files.writeString(folder.resolve("set.yaml"), yaml));
    }

    private static List<FetchItem> all(Manifest manifest) {
        return FetchItem.of(manifest, Set.of(), Set.of());
    }

    private Fetch.Fetched get(FetchItem item) {
        return fetch().get(item, DownloadListener.NONE);
    }

    @Test
    void slidesAreChosenBySplitAndName() throws IOException {
        // given
        Manifest manifest = manifest(
                "{name: a, path: a.tif, annotation: a.xml, split: train}",
                "{name: b, path: b.tif, split: test, region: [0, 0, 9, 9]}",
                "{name: c, path: b.tif, split: test, region: [9, 0, 9, 9], url: 'http://127.0.0.1/b'}");
        // when / then
        assertEquals(
                List.of("a.tif", "a.xml", "b.tif"),
                all(manifest).stream().map(FetchItem::path).toList());
        assertEquals(
                "http://127.0.0.1/b", all(manifest).get(2).url(), "what one of two regions says of a file is enough");
        assertEquals(1, FetchItem.of(manifest, Set.of(Split.TEST), Set.of()).size());
        assertEquals(2, FetchItem.of(manifest, Set.of(), Set.of("a")).size());
        assertTrue(assertThrows(InputException.class, () -> FetchItem.of(manifest, Set.of(), Set.of("d")))
                .getMessage()
                .contains("a, b, c"));
        assertThrows(InputException.class, () -> FetchItem.of(manifest, Set.of(Split.VALIDATION), Set.of()));
        assertThrows(InputException.class, () -> FetchItem.of(manifest, Set.of(Split.TEST), Set.of("a")));
    }

    @Test
    void regionsThatDescribeTheirFileDifferentlyAreRefused() throws IOException {
        // given
        Manifest manifest = manifest(
                "{name: b, path: b.tif, split: test, region: [0, 0, 9, 9], bytes: 1}",
                "{name: c, path: b.tif, split: test, region: [9, 0, 9, 9], bytes: 2}");
        // when
        String message = assertThrows(InputException.class, () -> all(manifest)).getMessage();
        // then
        assertTrue(message.contains("b.tif"), message);
    }

    @Test
    void withoutAChecksumTheFileIsRecordedAndALaterChangeNoticed() throws IOException {
        // given
        FetchItem item = all(manifest("{name: a, path: x/a.tif, split: train, url: '" + server.url() + "'}"))
                .get(0);
        // when
        Fetch.Fetched first = get(item);
        // then
        Path file = data().resolve("x/a.tif");
        assertEquals(new Fetch.Fetched(file, FILE.length, How.FETCHED, Assurance.UNVERIFIED), first);
        assertArrayEquals(FILE, Files.readAllBytes(file));
        assertEquals(new Fetch.Fetched(file, FILE.length, How.PRESENT, Assurance.UNCHANGED), get(item));
        assertEquals(1, server.requests());
        Files.writeString(file, "Not really a slide");
        String message =
                assertThrows(NotFetchedException.class, () -> get(item)).getMessage();
        assertTrue(message.contains("has changed since it was fetched from " + server.url()), message);
        Files.delete(Origin.file(file));
        assertEquals(Assurance.UNVERIFIED, get(item).assurance());
    }

    @Test
    void aFileThatIsThereIsCheckedAndNotReplaced() throws IOException {
        // given
        Path file = Files.createDirectories(data()).resolve("a.tif");
        Files.write(file, FILE);
        String right = Verified.sha256(file);
        FetchItem item = all(manifest(
                        "{name: a, path: a.tif, split: train, url: '" + server.url() + "', sha256: '" + right + "'}"))
                .get(0);
        // when / then
        assertEquals(new Fetch.Fetched(file, FILE.length, How.PRESENT, Assurance.VERIFIED), get(item));
        FetchItem other = new FetchItem("a.tif", server.url(), null, SHA, null);
        String message =
                assertThrows(NotFetchedException.class, () -> get(other)).getMessage();
        assertTrue(message.contains("remove it and fetch it again"), message);
        assertArrayEquals(FILE, Files.readAllBytes(file));
        assertEquals(0, server.requests());
    }

    @Test
    void withoutAnAddressTheFileHasToBeThere() throws IOException {
        // given
        FetchItem item = all(manifest("{name: a, path: a.tif, split: train}")).get(0);
        // when
        String message =
                assertThrows(NotFetchedException.class, () -> get(item)).getMessage();
        // then
        assertTrue(message.contains("a.tif") && message.contains("no url"), message);
        Files.write(Files.createDirectories(data()).resolve("a.tif"), FILE);
        assertEquals(How.PRESENT, get(item).how());
    }

    @Test
    void nothingIsWrittenOutsideTheDestination() throws IOException {
        // given a link in the data root that leads out of it
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(data());
        try {
            Files.createSymbolicLink(data().resolve("link"), outside);
        } catch (UnsupportedOperationException | IOException noLinks) {
            assumeTrue(false, "no symbolic links here");
        }
        // when / then
        FetchItem item = new FetchItem("link/deep/a.tif", server.url(), null, null, null);
        String message = assertThrows(InputException.class, () -> get(item)).getMessage();
        assertTrue(message.contains("leads out of"), message);
        assertThrows(InputException.class, () -> get(new FetchItem("../a.tif", server.url(), null, null, null)));
        assertThrows(InputException.class, () -> get(new FetchItem("/a.tif", server.url(), null, null, null)));
        try (var files = Files.list(outside)) {
            assertEquals(0, files.count());
        }
        assertFalse(Files.exists(folder.resolve("a.tif")));
        assertEquals(0, server.requests());
    }

    @Test
    void aSyntheticSlideIsDrawnOnce() throws IOException {
        // given
        Manifest manifest = manifest("{name: p, path: s/p.tif, annotation: s/p.xml, mpp: 1.0, split: test, seed: 3,"
                + " generate: {width: 256, height: 192}}");
        DataRoot root = DataRoot.of(data());
        // when
        Path slide = root.slide(manifest.slide("p"));
        // then
        assertEquals(data().resolve("s/p.tif"), slide);
        assertEquals(
                data().resolve("s/p.xml"), root.annotation(manifest.slide("p")).orElseThrow());
        String drawn = Verified.sha256(slide);
        long written = Files.getLastModifiedTime(slide).toMillis();
        assertEquals(How.PRESENT, get(all(manifest).get(0)).how());
        assertEquals(written, Files.getLastModifiedTime(slide).toMillis());
        // another seed under the same name is another slide
        SlideEntry other = manifest("{name: p, path: s/p.tif, annotation: s/p.xml, mpp: 1.0, split: test, seed: 4,"
                        + " generate: {width: 256, height: 192}}")
                .slide("p");
        assertEquals(
                How.DRAWN,
                get(new FetchItem("s/p.tif", null, null, null, other)).how());
        assertFalse(drawn.equals(Verified.sha256(slide)));
        // and the first again has the same bits
        root.slide(manifest.slide("p"));
        assertEquals(drawn, Verified.sha256(slide));
    }

    @Test
    void aSlideOfSomebodyElseIsNotDrawnOver() throws IOException {
        // given
        SlideEntry entry = manifest("{name: p, path: p.tif, annotation: p.xml, mpp: 1.0, split: test, seed: 3,"
                        + " generate: {width: 256, height: 192}}")
                .slide("p");
        Path own = Files.write(Files.createDirectories(data()).resolve("p.tif"), FILE);
        // when
        String message = assertThrows(
                        InputException.class, () -> DataRoot.of(data()).slide(entry))
                .getMessage();
        // then
        assertTrue(message.contains("was not drawn for this manifest"), message);
        assertArrayEquals(FILE, Files.readAllBytes(own));
    }

    @Test
    void fetchedFilesGoToTheNamedFolderAndDrawnOnesToTheProjects() {
        // given
        Path home = folder.resolve("project");
        // when / then
        DataRoot named = DataRoot.find(java.util.Map.of("SLIDEFIELD_DATA", data().toString()), home);
        assertEquals(data(), named.destination());
        assertEquals(home.resolve("data"), named.generated());
        DataRoot own = DataRoot.find(java.util.Map.of(), home);
        assertEquals(home.resolve("data"), own.destination());
        assertEquals(
                home.resolve("data"), own.forManifest(folder.resolve("m.yaml")).destination());
    }
}
