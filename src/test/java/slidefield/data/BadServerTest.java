package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.data.FileServer.Behaviour;
import slidefield.io.InputException;

/** Servers that send something else than the file: nothing gets its name, and nothing outside is touched. */
@Timeout(60)
class BadServerTest {
    private static final int SIZE = 40_000;
    private static final byte[] FILE = new byte[SIZE];
    private static final byte[] PAGE = ("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in"
                    + "</body></html>\n")
            .getBytes(StandardCharsets.UTF_8);

    static {
        new Random(5).nextBytes(FILE);
    }

    @TempDir
    Path folder;

    private Surroundings around;
    private String sha256;
    private final FileServer server = new FileServer(FILE, "\"one\"");

    @BeforeEach
    void sum() throws IOException {
        Path file = Files.write(folder.resolve("sum"), FILE);
        sha256 = Verified.sha256(file);
        Files.delete(file);
        around = new Surroundings(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals("", around.touched());
    }

    private Path target() {
        return around.data().resolve("x/slide.tif");
    }

    private Origin get(int attempts, Long bytes, String sum) {
        DownloadOptions options = new DownloadOptions(
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                attempts,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                1_000_000);
        return new Download(options)
                .get(new Download.Wanted(server.url(), bytes, sum), target(), DownloadListener.NONE);
    }

    private void assertWhole() throws IOException {
        assertArrayEquals(FILE, Files.readAllBytes(target()));
        assertEquals(
                Set.of("", "x", "x/slide.tif", "x/slide.tif.origin.json"),
                around.inside().keySet());
    }

    /** One line that begins with the address; no file of that name, and nothing left but an empty folder. */
    private String refused(Class<? extends InputException> type, int attempts, Long bytes, String sum) {
        String message = assertThrows(type, () -> get(attempts, bytes, sum)).getMessage();
        assertTrue(message.startsWith(server.url()), message);
        assertEquals(1, message.lines().count(), message);
        assertFalse(Files.exists(target()), "it got its name");
        return message;
    }

    private void assertNothingLeft() {
        assertTrue(
                Set.of("", "x").containsAll(around.inside().keySet()),
                around.inside().toString());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void aWebPageInsteadOfTheFileIsRefused(boolean sizeKnown, boolean sumKnown) {
        // given
        server.then(FileServer.page(PAGE, "text/html; charset=utf-8"));
        // when
        String message =
                refused(NotFetchedException.class, 1, sizeKnown ? (long) SIZE : null, sumKnown ? sha256 : null);
        // then
        assertTrue(sizeKnown ? message.contains("40000 bytes") : message.contains("web page"), message);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<html>",
                "<html lang=\"en\">",
                "\uFEFF  \n<!doctype HTML PUBLIC \"-//W3C//DTD\">",
                "<!-- consent -->\n<HTML>",
                "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">"
            })
    void aWebPageIsKnownByItsBeginningWhateverItIsCalled(String beginning) {
        // given
        server.then(FileServer.page(beginning.getBytes(StandardCharsets.UTF_8), "application/octet-stream"));
        // when / then
        assertTrue(refused(NotFetchedException.class, 1, null, null).contains("web page"));
        assertNothingLeft();
    }

    @Test
    void anAnnotationIsNoWebPage() throws IOException {
        // given XML that a server calls HTML, and a file that only speaks of HTML
        for (String text : List.of("<?xml version=\"1.0\"?><ASAP_Annotations/>", "{\"a\": \"<html>\"}")) {
            server.then(FileServer.page(text.getBytes(StandardCharsets.UTF_8), "text/html"));
            // when
            get(1, null, null);
            // then
            assertEquals(text, Files.readString(target()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, SIZE - 1, SIZE + 1, Long.MAX_VALUE})
    void anotherSizeThanTheManifestsIsRefused(long bytes) {
        // when / then
        assertTrue(refused(NotFetchedException.class, 3, bytes, null).contains(String.valueOf(bytes)));
        assertNothingLeft();
        assertEquals(1, server.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, SIZE - 1})
    void anotherSizeThanTheManifestsIsRefusedAlsoUnannounced(int bytes) {
        // given
        server.then(FileServer.page(java.util.Arrays.copyOf(FILE, bytes), "", false));
        // when / then
        String message = refused(NotFetchedException.class, 3, (long) SIZE, null);
        assertTrue(message.contains("expected 40000 bytes, found " + bytes), message);
        assertNothingLeft();
    }

    @Test
    void anEmptyFileIsRefused() {
        // given
        server.then(FileServer.page(new byte[0], "", true));
        // when / then
        assertTrue(refused(NotFetchedException.class, 1, null, null).contains("empty"));
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SIZE / 2, SIZE - 1})
    void oneWrongByteIsNoticed(int at) {
        // given
        byte[] other = FILE.clone();
        other[at] ^= 1;
        server.now(other, "\"one\"");
        // when / then
        String message = refused(NotFetchedException.class, 3, (long) SIZE, sha256);
        assertTrue(message.contains("expected sha256 " + sha256), message);
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "39999, true", "0, false", "1, false", "39999, false"})
    void aCutGoesOnOrBeginsAgain(int bytes, boolean ranges) throws IOException {
        // given
        if (!ranges) {
            server.withoutRanges();
        }
        server.then(FileServer.cutAfter(bytes));
        // when
        get(2, (long) SIZE, sha256);
        // then
        assertWhole();
        assertEquals(2, server.requests());
        assertEquals(bytes == 0 ? null : "bytes=" + bytes + "-", server.header(1, "Range"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE - 1})
    void aServerThatAlwaysCutsIsLeftAndWhatCameIsNeverTakenForTheFile(int bytes) {
        // given a server without ranges, so that it never gets further
        Behaviour cut = FileServer.cutAfter(bytes);
        server.withoutRanges().then(cut, cut, cut, cut, cut, cut);
        // when / then
        String message = refused(InputException.class, 2, (long) SIZE, sha256);
        assertTrue(message.contains("times in a row"), message);
        Set<String> left = new TreeSet<>(around.inside().keySet());
        left.removeAll(Set.of("", "x", "x/slide.tif.part", "x/slide.tif.part.json"));
        assertEquals(Set.of(), left);
    }

    @Test
    void redirectsThatRunInACircleEnd() {
        // given
        Behaviour round = FileServer.status(302, "Location", server.url());
        server.then(java.util.stream.Stream.generate(() -> round).limit(100).toArray(Behaviour[]::new));
        // when
        String message = refused(NotFetchedException.class, 3, (long) SIZE, sha256);
        // then
        assertTrue(message.contains("redirects to"), message);
        assertTrue(server.requests() <= 10, server.requests() + " requests");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "ftp://127.0.0.1/a", "::::", "http://"})
    void redirectsToNoWebAddressAreNotFollowed(String location) {
        // given
        server.then(FileServer.status(302, "Location", location));
        // when / then
        refused(InputException.class, 1, (long) SIZE, sha256);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-39999/40000",
                "bytes 5-39999/40000",
                "bytes 39999-0/40000",
                "bytes x",
                "",
                "bytes 20000-39999/99999999999999999999"
            })
    void aPartThatIsNotTheOneAskedForIsNotJoined(String range) throws IOException {
        // given
        server.then(FileServer.cutAfter(20_000), FileServer.part(range, FILE));
        // when
        get(4, (long) SIZE, sha256);
        // then
        assertWhole();
    }
}
