package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.SafeTensors;

class TrainedEncoderTest {
    @TempDir
    private Path folder;

    private static float[] codes(TrainedEncoder trained) {
        try (PatchEncoder encoder = trained.encoder(Engine.preferred())) {
            return encoder.encode(EncoderFixture.patches(encoder, 3, 9));
        }
    }

    @Test
    void whatIsSavedIsLoadedBitForBit() {
        // given
        TrainedEncoder trained =
                new TrainedEncoder(EncoderFixture.TINY, EncoderFixture.trained(EncoderFixture.TINY, 2));
        Path file = folder.resolve(TrainedEncoder.FILE);

        // when
        trained.save(file);
        TrainedEncoder loaded = TrainedEncoder.load(file, DataType.FLOAT);

        // then
        assertEquals(trained.options(), loaded.options());
        assertArrayEquals(codes(trained), codes(loaded), 0);
    }

    @Test
    void whatIsNoEncoderIsRefusedInOneLine() throws IOException {
        Path file = folder.resolve("some.safetensors");
        TrainedEncoder trained =
                new TrainedEncoder(EncoderFixture.TINY, EncoderFixture.trained(EncoderFixture.TINY, 2));
        // of another kind
        SafeTensors.write(file, trained.network().values(), Map.of("format", "slidefield field 2"));
        refused(file, "is no encoder: expected the format \"slidefield encoder 2\", found \"slidefield field 2\"");
        // of other options than its weights
        SafeTensors.write(
                file,
                trained.network().values(),
                Map.of(
                        "format",
                        "slidefield encoder 2",
                        "options",
                        "{kind: bigan, patch: 8, colours: 3, pooling: 1, layers: 2, width: 5, code: 5}"));
        refused(file, "expected [3, 3, 3, 5] for the parameter \"conv0.weight\", found [3, 3, 3, 4]");
        // of an unknown kind
        SafeTensors.write(
                file,
                trained.network().values(),
                Map.of("format", "slidefield encoder 2", "options", "{kind: telepathy, patch: 8}"));
        refused(file, "'telepathy' is not known there");
        // cut
        trained.save(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
        refused(file, "damaged");
        // a bit flipped
        bytes[bytes.length - 9] ^= 4;
        Files.write(file, bytes);
        refused(file, "checksum");
    }

    private static void refused(Path file, String said) {
        InputException refusal = assertThrows(InputException.class, () -> TrainedEncoder.load(file, DataType.FLOAT));
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
    }
}
