package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

/** Paths of manifests, links and names of servers that would lead out of the data root: nothing outside is touched. */
@Timeout(60)
class HostilePathTest {
    private static final byte[] FILE = "not really a slide".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final FileServer server = new FileServer(FILE, "\"one\"");

    @AfterEach
    void stop() {
        server.close();
    }

    private void get(Path data, FetchItem item) {
        new Fetch(DataRoot.of(data), DownloadOptions.defaults()).get(item, DownloadListener.NONE);
    }

    /** As a JSON string is one in YAML too. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            out.append(c < 32 || c == '"' || c == '\\' || c == 127 ? String.format("\\u%04x", (int) c) : c);
        }
        return out.append('"').toString();
    }

    private Manifest manifest(String path, String annotation) throws IOException {
        Path file = Files.createTempFile("hostile", ".yaml");
        try {
            return Manifest.read(Files.writeString(
                    file,
                    "name: set\nbase: {mpp: 1.0}\nslides:\n  - {name: a, path: " + quoted(path) + ", annotation: "
                            + quoted(annotation) + ", split: train, url: '" + server.url() + "', annotation_url: '"
                            + server.url() + "'}\n"));
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../a.tif",
                "../../a.tif",
                "../data-other/a.tif",
                "x/../../a.tif",
                "x/../y/../../a.tif",
                "./../a.tif",
                ".//..//a.tif",
                "x/..",
                "/a.tif",
                "//a.tif",
                "/etc/a.tif",
                "~/a.tif",
                "~root/a.tif",
                "C:/a.tif",
                "C:a.tif",
                "..\\a.tif",
                "\\\\host\\a.tif",
                "x\\..\\..\\a.tif",
                "x/\u0000/a.tif",
                "a.tif\u0000.xml",
                "a\n.tif",
                "a\r.tif",
                "a\u001b[2J.tif",
                ".",
                "./",
                "x/",
                "",
                " "
            })
    void aPathThatMayLeaveTheDataRootIsRefusedByEveryWayIn(String path) {
        // given
        Surroundings around = new Surroundings(folder);
        FetchItem item = new FetchItem(path, server.url(), null, null, null);
        // when / then
        for (Runnable way : List.<Runnable>of(
                () -> unchecked(() -> manifest(path, "a.xml")),
                () -> unchecked(() -> manifest("a.tif", path)),
                () -> get(around.data(), item),
                () -> DataRoot.of(around.data()).resolve(path),
                () -> Fetch.inside(around.data(), path))) {
            String message = assertThrows(InputException.class, way::run).getMessage();
            assertEquals(1, message.lines().count(), message);
            assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        }
        assertEquals("", around.touched());
        assertEquals(Set.of(""), around.inside().keySet());
        assertEquals(0, server.requests());
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static void unchecked(Reading reading) {
        try {
            reading.read();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch pwned).tif",
                "`touch pwned`.tif",
                "a;touch pwned;.tif",
                "a|touch pwned.tif",
                "a && touch pwned.tif",
                "a > pwned",
                "-rf.tif",
                "--help.tif",
                "*.tif",
                "?.tif",
                "[a].tif",
                "{a,b}.tif",
                "a b  c.tif",
                " a.tif",
                "a.tif ",
                "'a'.tif",
                "\"a\".tif",
                "#a.tif",
                "%2e%2e%2fa.tif",
                "%n%s.tif",
                "$HOME/a.tif",
                "x/~/a.tif",
                "...",
                "..a/b..",
                ".hidden",
                "\u202efit.exe",
                "é/ü.tif",
                "a.tif.part",
                "con.tif"
            })
    void aNameThatAShellWouldReadOtherwiseIsTakenAsItStands(String path) throws IOException {
        // given
        Surroundings around = new Surroundings(folder);
        Manifest manifest = manifest(path, path + ".xml");
        // when
        for (FetchItem item : FetchItem.of(manifest, Set.of(), Set.of())) {
            get(around.data(), item);
        }
        // then these two files, their records and their folders, and nothing else anywhere
        assertEquals("", around.touched());
        long files = around.inside().values().stream()
                .filter(sum -> !sum.equals("no file"))
                .count();
        assertEquals(4, files, around.inside().toString());
        assertEquals(
                Verified.sha256(around.data().resolve(path)), around.inside().get(path));
        assertTrue(around.inside().containsKey(path + ".xml"), around.inside().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../a",
                "a/b",
                "/a",
                "a\\b",
                "~a",
                "$(touch a)",
                "a;b",
                "a b",
                "-rf",
                "*",
                "a\u0000",
                "a\n",
                "",
                "_a",
                "a|b",
                "`a`",
                "'a'"
            })
    void aSlidesNameBecomesAFileNameAndHoldsNothingElse(String name) {
        // when
        String message = assertThrows(InputException.class, () -> SlideEntry.of(name, "a.tif", null, Split.TRAIN))
                .getMessage();
        // then
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.startsWith("name: "), message);
    }

    @Test
    void aNameThatIsTooLongIsRefused() throws IOException {
        // given
        Surroundings around = new Surroundings(folder);
        FetchItem item = new FetchItem("x".repeat(300) + ".tif", server.url(), null, null, null);
        // when
        String message = assertThrows(InputException.class, () -> get(around.data(), item))
                .getMessage();
        // then
        assertEquals(1, message.lines().count(), message);
        assertEquals("", around.touched());
    }

    @Test
    void theServersNamesForAFileAreNotListenedTo() {
        // given a server that proposes another name, by header and by redirect
        Surroundings around = new Surroundings(folder);
        server.then(
                FileServer.status(302, "Location", server.url() + "/../../../../etc/a.tif"),
                FileServer.named("attachment; filename=\"../../a.tif\"; filename*=UTF-8''..%2F..%2Fa.tif"));
        // when
        get(around.data(), new FetchItem("x/mine.tif", server.url(), null, null, null));
        // then
        assertEquals("", around.touched());
        assertEquals(
                Set.of("", "x", "x/mine.tif", "x/mine.tif.origin.json"),
                around.inside().keySet());
    }

    @Test
    void aFolderThatIsALinkOutOfTheDataRootIsNotWrittenThrough() throws IOException {
        // given
        Surroundings around = new Surroundings(folder);
        link(around.data().resolve("link"), around.world().resolve("etc"));
        SlideEntry drawn = Manifest.read(Files.writeString(
                        around.data().resolve("m.yaml"),
                        "name: set\nbase: {mpp: 1.0}\nslides:\n  - {name: p, path: link/p.tif, annotation: link/p.xml,"
                                + " mpp: 1.0, split: test, seed: 3, generate: {width: 256, height: 192}}\n"))
                .slide("p");
        for (Runnable way : List.<Runnable>of(
                () -> get(around.data(), new FetchItem("link/a.tif", server.url(), null, null, null)),
                () -> get(around.data(), new FetchItem("link/deep/a.tif", server.url(), null, null, null)),
                () -> get(around.data(), new FetchItem("link/p.tif", null, null, null, drawn)),
                () -> DataRoot.of(around.data()).slide(drawn))) {
            // when
            String message = assertThrows(InputException.class, way::run).getMessage();
            // then
            assertTrue(message.contains("leads out of"), message);
            assertEquals("", around.touched());
        }
    }

    @Test
    void aFileThatIsALinkOutOfTheDataRootIsNotWrittenThrough() throws IOException {
        for (String name : List.of(
                "a.tif.part",
                "a.tif.part.json",
                "a.tif.origin.json",
                ".a.tif.origin.json.part",
                ".a.tif.part.json.part")) {
            // given
            Path world = Files.createDirectories(folder.resolve("of" + name));
            Surroundings around = new Surroundings(world);
            link(around.data().resolve(name), around.world().resolve("home/user/.profile"));
            // when
            try {
                get(around.data(), new FetchItem("a.tif", server.url(), null, null, null));
            } catch (InputException refused) {
                assertTrue(refused.getMessage().contains("link"), refused.getMessage());
            }
            // then
            assertEquals("", around.touched(), name);
        }
    }

    private static void link(Path from, Path to) {
        try {
            Files.createSymbolicLink(from, to);
        } catch (UnsupportedOperationException | IOException noLinks) {
            assumeTrue(false, "no symbolic links here");
        }
    }
}
