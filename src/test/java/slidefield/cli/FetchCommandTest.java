package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.FileServer;

/** The command {@code fetch}, on a server on this machine. */
@Timeout(60)
class FetchCommandTest {
    private static final byte[] FILE = "not really a slide".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final FileServer server = new FileServer(FILE, "\"one\"");
    private final CommandLineFixture cli = new CommandLineFixture();
    private Path manifest;
    private Path data;

    @BeforeEach
    void twoSlides() throws IOException {
        data = folder.resolve("data");
        String url = server.url();
        manifest = Files.writeString(
                folder.resolve("set.yaml"),
                "name: set\nbase: {mpp: 1.0}\nslides:\n  - {name: a, path: x/a.tif, split: train, url: '" + url
                        + "', annotation: x/a.xml, annotation_url: '" + url
                        + "'}\n  - {name: b, path: x/b.tif, split: test, url: '"
                        + url + "', bytes: " + FILE.length + "}\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyFileIsFetchedOnceAndSaidToBeUnverified() throws IOException {
        // when
        assertEquals(0, cli.run("fetch", manifest, "--dest", data, "--json"), cli.err());
        // then
        JsonNode first = cli.json();
        assertEquals(3, first.get("files").size());
        assertEquals("fetched", first.at("/files/0/how").asText());
        assertEquals("unverified", first.at("/files/0/assurance").asText());
        assertEquals(3 * FILE.length, first.get("fetched_bytes").asLong());
        assertArrayEquals(FILE, Files.readAllBytes(data.resolve("x/b.tif")));
        // and again: nothing comes
        assertEquals(0, cli.run("fetch", manifest, "--dest", data), cli.err());
        assertEquals(3, server.requests());
        assertTrue(
                cli.out().contains("x/a.tif: present, 18 bytes, unverified: no checksum in the manifest"), cli.out());
    }

    @Test
    void splitAndNameChoose() {
        // when / then
        assertEquals(0, cli.run("fetch", manifest, "--dest", data, "--split", "test"), cli.err());
        assertFalse(Files.exists(data.resolve("x/a.tif")));
        assertEquals(0, cli.run("fetch", manifest, "--dest", data, "--only", "a"), cli.err());
        assertTrue(Files.exists(data.resolve("x/a.xml")));
        assertEquals(3, server.requests());
        assertEquals(1, cli.run("fetch", manifest, "--dest", data, "--only", "c"));
        assertTrue(cli.err().contains("it has a, b"), cli.err());
        assertEquals(2, cli.run("fetch", manifest, "--dest", data, "--split", "testing"));
    }

    @Test
    void aFileThatIsRefusedDoesNotHoldOffTheOthers() {
        // given
        server.then(FileServer.status(404));
        // when
        int status = cli.run("fetch", manifest, "--dest", data);
        // then
        assertEquals(1, status);
        String last = cli.err().lines().reduce((one, other) -> other).orElseThrow();
        assertTrue(last.contains("1 of 3 files could not be fetched") && last.contains("status 404"), cli.err());
        assertFalse(Files.exists(data.resolve("x/a.tif")));
        assertTrue(Files.exists(data.resolve("x/b.tif")));
    }

    @Test
    void aDestinationThatIsAFileIsRefusedBeforeAnythingIsAsked() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("file"), "");
        // when
        int status = cli.run("fetch", manifest, "--dest", file);
        // then
        assertEquals(1, status);
        assertTrue(cli.err().contains("is not a folder"), cli.err());
        assertEquals(0, server.requests());
    }
}
