package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slidefield.io.InputException;

/** Downloads that were cut: they go on where they ended if the bytes belong together, and begin again otherwise. */
@Timeout(60)
class DownloadResumeTest extends DownloadFixture {
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
    void aServerThatStopsSendingIsAskedAgain() throws IOException {
        // given
        server.then(FileServer.stallAfter(80_000));
        // when
        new Download(waiting(5, Duration.ofSeconds(1))).get(wanted(), target(), DownloadListener.NONE);
        // then
        assertWhole(FILE);
        assertEquals("bytes=80000-", server.header(1, "Range"));
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
}
