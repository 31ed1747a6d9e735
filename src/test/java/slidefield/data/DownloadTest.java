package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

/** Downloads: the file that is wanted, and no other, gets its name. */
@Timeout(60)
class DownloadTest extends DownloadFixture {
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
    void redirectsAreFollowedButNotToFiles() throws IOException {
        // given
        server.then(FileServer.status(302, "Location", server.url() + "?other"));
        // when
        // the server may close the connection of the redirect just when it is asked again on it
        get(3, wanted());
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
