package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

/** Downloads from a server on this machine that does what servers do. */
@Timeout(60)
class DownloadTest {
    private static final int SIZE = 300_000;
    private static final byte[] FILE = bytes(1, SIZE);
    private static final byte[] CHANGED = bytes(2, SIZE);

    @TempDir
    Path folder;

    private FileServer server = new FileServer(FILE, "\"one\"");

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static DownloadOptions patient(int attempts) {
        return new DownloadOptions(
                Duration.ofSeconds(5),
                Duration.ofMillis(700),
                attempts,
                Duration.ofMillis(5),
                Duration.ofMillis(50),
                10_000_000);
    }

    private Path target() {
        return folder.resolve("deep/slide.tif");
    }

    private Download.Wanted wanted() {
        return new Download.Wanted(server.url(), (long) SIZE, sha256(FILE));
    }

    private Origin get(int attempts, Download.Wanted wanted) {
        return new Download(patient(attempts)).get(wanted, target(), DownloadListener.NONE);
    }

    private NotFetchedException refused(Download.Wanted wanted) {
        NotFetchedException refused = assertThrows(NotFetchedException.class, () -> get(3, wanted));
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        return refused;
    }

    private void assertWhole(byte[] expected) throws IOException {
        assertArrayEquals(expected, Files.readAllBytes(target()));
        assertEquals(List.of("slide.tif", "slide.tif.origin.json"), names());
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(target().getParent())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target().getParent())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWholeFileIsVerifiedAndRecorded() throws IOException {
        // when
        Origin origin = get(1, wanted());
        // then
        assertWhole(FILE);
        assertEquals(new Origin(server.url(), SIZE, sha256(FILE), "\"one\""), origin);
        assertEquals(origin, Origin.of(target()).orElseThrow());
        assertEquals(1, server.requests());
        assertNull(server.header(0, "Range"));
    }

    @Test
    void aCutConnectionGoesOnWhereItEnded() throws IOException {
        // given
        server.then(FileServer.cutAfter(100_000), FileServer.cutAfter(50_000));
        List<Long> begins = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        DownloadListener listener = new DownloadListener() {
            @Override
            public void begin(String name, long from, long total) {
                begins.add(from);
                assertEquals("slide.tif", name);
                assertEquals(SIZE, total);
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
        // when
        new Download(patient(3)).get(wanted(), target(), listener);
        // then
        assertWhole(FILE);
        assertEquals(3, server.requests());
        for (int i = 1; i < 3; i++) {
            assertEquals("bytes=" + begins.get(i) + "-", server.header(i, "Range"));
            assertEquals("\"one\"", server.header(i, "If-Range"));
            assertTrue(begins.get(i) > begins.get(i - 1), begins.toString());
        }
        assertEquals(2, notices.size(), notices.toString());
    }

    /** Many times: where the cut follows at once, the client throws instead of giving an answer. */
    @RepeatedTest(30)
    void aLaterDownloadGoesOnWithWhatAnEarlierOneLeft() throws IOException {
        // given
        server.then(FileServer.cutAfter(120_000));
        String message =
                assertThrows(InputException.class, () -> get(1, wanted())).getMessage();
        assertTrue(message.contains(server.url()) && message.contains("try again later"), message);
        assertEquals(List.of("slide.tif.part", "slide.tif.part.json"), names());
        // when
        get(1, wanted());
        // then
        assertWhole(FILE);
        assertEquals("bytes=" + 120_000 + "-", server.header(1, "Range"), "all that was sent before the cut is used");
    }

    @Test
    void aFileThatChangedMeanwhileBeginsAgain() throws IOException {
        // given
        server.then(FileServer.cutAfter(100_000));
        assertThrows(InputException.class, () -> get(1, wanted()));
        server.now(CHANGED, "\"two\"");
        // when
        get(1, new Download.Wanted(server.url(), (long) SIZE, sha256(CHANGED)));
        // then
        assertWhole(CHANGED);
        assertEquals("\"one\"", server.header(1, "If-Range"));
    }

    @Test
    void aChangedFileIsNoticedAlsoWhereTheServerIgnoresIfRange() throws IOException {
        // given
        server.ignoringIfRange().then(FileServer.cutAfter(100_000));
        assertThrows(InputException.class, () -> get(1, wanted()));
        server.now(CHANGED, "\"two\"");
        // when
        get(2, new Download.Wanted(server.url(), null, null));
        // then
        assertWhole(CHANGED);
        assertEquals(3, server.requests(), "cut, the rest of another version, the whole of that version");
    }

    @Test
    void withoutVersionsTheChecksumTellsThatBytesDoNotBelongTogether() throws IOException {
        // given a server that names no versions, and a file that changes between two requests
        server.now(FILE, null).then(FileServer.cutAfter(100_000));
        assertThrows(InputException.class, () -> get(1, wanted()));
        server.now(CHANGED, null);
        // when
        get(1, new Download.Wanted(server.url(), (long) SIZE, sha256(CHANGED)));
        // then
        assertWhole(CHANGED);
        assertEquals("bytes=100000-", server.header(1, "Range"));
        assertNull(server.header(2, "Range"), "joined bytes were wrong: all of it again");
    }

    @Test
    void withoutVersionAndChecksumNothingIsJoined() throws IOException {
        // given
        server.now(FILE, null).then(FileServer.cutAfter(100_000));
        assertThrows(InputException.class, () -> get(1, new Download.Wanted(server.url(), null, null)));
        // when
        get(1, new Download.Wanted(server.url(), null, null));
        // then
        assertWhole(FILE);
        assertNull(server.header(1, "Range"));
    }

    @Test
    void aServerWithoutRangesSendsItAllAgain() throws IOException {
        // given
        server.withoutRanges().then(FileServer.cutAfter(100_000));
        // when
        get(2, wanted());
        // then
        assertWhole(FILE);
        assertEquals(2, server.requests());
    }

    @Test
    void aWrongChecksumNeverGetsTheName() throws IOException {
        // when
        NotFetchedException refused = refused(new Download.Wanted(server.url(), (long) SIZE, sha256(CHANGED)));
        // then
        assertTrue(refused.getMessage().contains(sha256(CHANGED)), refused.getMessage());
        assertTrue(refused.getMessage().contains(sha256(FILE)), refused.getMessage());
        assertEquals(List.of(), names());
        assertEquals(1, server.requests());
    }

    @Test
    void theFormerFileStaysUntilTheNewOneIsRight() throws IOException {
        // given
        Files.createDirectories(target().getParent());
        Files.writeString(target(), "former");
        // when
        refused(new Download.Wanted(server.url(), null, sha256(CHANGED)));
        // then
        assertEquals("former", Files.readString(target()));
        get(1, wanted());
        assertWhole(FILE);
    }

    @Test
    void anotherSizeThanTheManifestsIsRefusedBeforeAByteComes() throws IOException {
        // when
        NotFetchedException refused = refused(new Download.Wanted(server.url(), SIZE - 1L, null));
        // then
        assertTrue(
                refused.getMessage().contains("299999") && refused.getMessage().contains("300000"));
        assertEquals(List.of(), names());
        // an endless one, where no size is announced
        server.then(FileServer.chunked(50_000_000));
        NotFetchedException endless = refused(wanted());
        assertTrue(endless.getMessage().contains("more than the 300000 bytes"), endless.getMessage());
        server.now(bytes(3, 11_000_000), "\"large\"");
        NotFetchedException large = refused(new Download.Wanted(server.url(), null, null));
        assertTrue(large.getMessage().contains("11000000"), large.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void aFileWithoutAnnouncedLengthIsTaken() throws IOException {
        // given
        server.then(FileServer.chunked(20_000));
        // when
        Origin origin = get(1, new Download.Wanted(server.url(), null, null));
        // then
        assertEquals(20_000, origin.bytes());
        assertEquals(20_000, Files.size(target()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 204})
    void aRefusalIsOneLineAndNotRepeated(int status) throws IOException {
        // given
        server.then(FileServer.status(status));
        // when
        NotFetchedException refused = refused(wanted());
        // then
        assertTrue(refused.getMessage().contains(server.url()), refused.getMessage());
        assertTrue(refused.getMessage().contains("status " + status), refused.getMessage());
        assertEquals(1, server.requests());
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void aFailureThatMayPassIsTriedAgain(int status) throws IOException {
        // given
        server.then(FileServer.status(status, "Retry-After", "3600"), FileServer.status(status));
        // when
        long start = System.nanoTime();
        get(3, wanted());
        // then
        assertWhole(FILE);
        assertEquals(3, server.requests());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "waits no longer than it may");
    }

    @Test
    void aServerThatKeepsFailingIsLeft() throws IOException {
        // given
        server.then(FileServer.status(500), FileServer.status(500), FileServer.status(500));
        // when
        String message =
                assertThrows(InputException.class, () -> get(3, wanted())).getMessage();
        // then
        assertTrue(message.contains("status 500") && message.contains("3 times"), message);
        assertEquals(3, server.requests());
        assertEquals(List.of(), names());
    }

    @Test
    void aServerThatStopsSendingIsAskedAgain() throws IOException {
        // given
        server.then(FileServer.stallAfter(80_000));
        // when
        get(2, wanted());
        // then
        assertWhole(FILE);
        assertEquals("bytes=80000-", server.header(1, "Range"));
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws IOException {
        // given
        Download.Wanted wanted = wanted();
        server.close();
        // when
        String message =
                assertThrows(InputException.class, () -> get(2, wanted)).getMessage();
        // then
        assertTrue(message.contains("no connection") && message.contains("2 times"), message);
        assertEquals(List.of(), names());
    }

    @Test
    void anInterruptKeepsWhatCame() throws Exception {
        // given
        server.then(FileServer.stallAfter(80_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch began = new CountDownLatch(1);
        DownloadOptions endless = new DownloadOptions(
                Duration.ofSeconds(5), Duration.ofMinutes(5), 1, Duration.ZERO, Duration.ZERO, 10_000_000);
        DownloadListener listener = new DownloadListener() {
            private long received;

            @Override
            public void received(int bytes) {
                received += bytes;
                if (received == 80_000) {
                    began.countDown();
                }
            }
        };
        Thread thread = new Thread(() -> {
            try {
                new Download(endless).get(wanted(), target(), listener);
            } catch (RuntimeException stopped) {
                thrown.set(stopped);
            }
        });
        thread.start();
        assertTrue(began.await(20, TimeUnit.SECONDS));
        // when
        thread.interrupt();
        thread.join(20_000);
        // then
        assertFalse(thread.isAlive());
        assertInstanceOf(CancellationException.class, thrown.get());
        assertEquals(80_000, Files.size(target().resolveSibling("slide.tif.part")));
        get(1, wanted());
        assertWhole(FILE);
        assertEquals("bytes=80000-", server.header(1, "Range"));
    }

    @Test
    void aWholePartIsNotFetchedAgain() throws IOException {
        // given a kill between the last byte and the new name
        Files.createDirectories(target().getParent());
        Files.write(target().resolveSibling("slide.tif.part"), FILE);
        Files.writeString(
                target().resolveSibling("slide.tif.part.json"),
                "{\"url\": \"" + server.url() + "\", \"version\": \"\\\"one\\\"\", \"total\": " + SIZE + "}");
        // when
        get(1, wanted());
        // then
        assertWhole(FILE);
        assertEquals(0, server.requests());
    }

    @Test
    void aPartOfUnknownOriginIsNotUsed() throws IOException {
        // given
        Files.createDirectories(target().getParent());
        Files.write(target().resolveSibling("slide.tif.part"), CHANGED);
        Files.writeString(target().resolveSibling("slide.tif.part.json"), "{ half a");
        // when
        get(1, wanted());
        // then
        assertWhole(FILE);
        assertNull(server.header(0, "Range"));
    }

    @Test
    void onlyOneFetchesAFileAtATime() throws IOException {
        // given
        try (PartFile held = PartFile.open(target())) {
            // when
            String message =
                    assertThrows(InputException.class, () -> get(1, wanted())).getMessage();
            // then
            assertTrue(message.contains("being fetched already"), message);
            assertEquals(0, held.size());
        }
        get(1, wanted());
        assertWhole(FILE);
    }

    @Test
    void redirectsAreFollowedButNotToFiles() throws IOException {
        // given
        server.then(FileServer.status(302, "Location", server.url() + "?other"));
        // when
        get(1, wanted());
        // then
        assertWhole(FILE);
        Files.delete(target());
        server.then(FileServer.status(302, "Location", "file:///etc/hostname"));
        String message = refused(wanted()).getMessage();
        assertTrue(message.contains("file:///etc/hostname"), message);
    }

    @Test
    void onlyWebAddressesAreAsked() {
        for (String url : List.of("file:///etc/hostname", "ftp://127.0.0.1/a", "jar:http://127.0.0.1/a!/b", "a.tif")) {
            assertThrows(InputException.class, () -> new Download.Wanted(url, null, null), url);
        }
    }
}
