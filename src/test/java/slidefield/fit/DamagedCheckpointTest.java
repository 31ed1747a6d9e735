package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.StateDigest;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.SafeTensors;

/** Checkpoints and weights that were cut or changed: always one line that says so, whatever bit it is. */
class DamagedCheckpointTest {
    private static final boolean LONG = System.getProperty("long") != null;

    private final Engine engine = Engine.preferred();
    private final SmallFieldTraining small = new SmallFieldTraining();

    @TempDir
    Path folder;

    private Path sidecar;
    private Path arrays;
    private Path weights;

    @BeforeEach
    void aWholeCheckpointAndWeights() {
        Trainer trainer = small.fresh();
        assertThrows(
                CancellationException.class,
                () -> trainer.train(FitListener.NONE, t -> {
                    arrays = Checkpoint.save(folder, t);
                    if (t.reports().size() == 3) {
                        throw new CancellationException();
                    }
                }));
        sidecar = folder.resolve("checkpoint.json");
        new TrainedField(
                        engine,
                        SmallFieldTraining.SETTINGS,
                        new slidefield.field.Field(SmallFieldTraining.SETTINGS.field(), engine.type(), 1))
                .save(folder);
        weights = folder.resolve(TrainedField.WEIGHTS);
    }

    private List<Path> files() {
        return List.of(sidecar, arrays, weights);
    }

    /** Reads what a file is a part of. */
    private void read(Path file, Trainer into) {
        if (file.equals(weights)) {
            TrainedField.load(folder, SmallFieldTraining.SETTINGS, engine);
        } else {
            Checkpoint.load(folder, into);
        }
    }

    /** Tries a damaged file, which has to be refused in one line that names it; the good one is put back. */
    private void refused(Path file, byte[] good, byte[] damaged, String how, Trainer into) throws IOException {
        Files.write(file, damaged);
        InputException refused = assertThrows(InputException.class, () -> read(file, into), file.getFileName() + how);
        assertTrue(refused.getMessage().contains(file.getFileName().toString()), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        Files.write(file, good);
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        int lengths = LONG ? 200 : 60;
        Trainer into = small.fresh();
        String untouched = StateDigest.of(into.state());
        for (Path file : files()) {
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < lengths; i++) {
                int length = (int) ((long) i * good.length / lengths);
                refused(file, good, Arrays.copyOf(good, length), " cut to " + length, into);
            }
            refused(file, good, Arrays.copyOf(good, good.length - 1), " without its last byte", into);
            refused(file, good, Arrays.copyOf(good, good.length + 1), " with a byte too many", into);
        }
        assertEquals(untouched, StateDigest.of(into.state()));
        files().forEach(file -> read(file, into));
    }

    @Test
    void everyFlippedBitIsNoticedAndNoArrayIsTouched() throws IOException {
        // given flips all over the files, and one in every byte of what describes the arrays
        int flips = LONG ? 1000 : 60;
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Trainer into = small.fresh();
        String untouched = StateDigest.of(into.state());
        int tried = 0;
        for (Path file : files()) {
            byte[] good = Files.readAllBytes(file);
            List<Integer> places = new ArrayList<>();
            random.ints(flips, 0, good.length).forEach(places::add);
            int described = file.equals(sidecar)
                    ? good.length
                    : (int) (8
                            + ByteBuffer.wrap(good)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getLong());
            for (int place = 0; place < described; place += LONG ? 1 : 32) {
                places.add(place);
            }
            for (int place : places) {
                // when
                byte[] damaged = good.clone();
                int bit = random.nextInt(8);
                damaged[place] ^= (byte) (1 << bit);
                // then
                refused(file, good, damaged, " with bit " + bit + " of byte " + place + " flipped", into);
                tried++;
            }
        }
        System.out.println(tried + " flipped bits, all refused");
        assertEquals(untouched, StateDigest.of(into.state()));
        files().forEach(file -> read(file, into));
    }

    @Test
    void aFileThatClaimsATerabyteTakesNoMemory() throws IOException {
        // given a file that is as long as it says, nearly all of it a hole
        long values = 1L << 38;
        String header = "{\"slide.0.table\":{\"dtype\":\"F32\",\"shape\":[" + values + "],\"data_offsets\":[0,"
                + 4 * values + "]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(arrays.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            file.write(text);
            file.setLength(8 + text.length + 4 * values);
        } catch (IOException tooLarge) {
            org.junit.jupiter.api.Assumptions.abort("no file of a terabyte can be made here: " + tooLarge.getMessage());
        }
        // when, then both ways of reading refuse it before they read on
        Trainer into = small.fresh();
        InputException other = assertThrows(InputException.class, () -> Checkpoint.load(folder, into));
        assertTrue(other.getMessage().contains("other settings, or is damaged"), other.getMessage());
        InputException large = assertThrows(InputException.class, () -> SafeTensors.read(arrays));
        assertTrue(large.getMessage().contains("bytes"), large.getMessage());
    }

    @Test
    void filesFromBeforeTheChecksumAreStillRead() throws IOException {
        // given the first version of the formats, as other programs write it
        Map<String, org.nd4j.linalg.api.ndarray.INDArray> state =
                SafeTensors.read(arrays).tensors();
        byte[] whole = Files.readAllBytes(arrays);
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(whole, 8, length, StandardCharsets.UTF_8);
        String old = header.replaceFirst(
                "\"format\":\"slidefield checkpoint 2\",\"slidefield.sha256\":\"[0-9a-f]{64}\"",
                "\"format\":\"slidefield checkpoint 1\"");
        assertTrue(old.length() < header.length(), header.substring(0, 200));
        Files.write(arrays, withHeader(old, whole, length));
        Files.writeString(sidecar, Files.readString(sidecar).replaceFirst(",\\s*\"sha256\" : \"[0-9a-f]{64}\"", ""));
        // when
        Trainer into = small.fresh();
        Checkpoint.load(folder, into);
        // then
        assertEquals(StateDigest.of(state), StateDigest.of(into.state()));
        // but of the second version without its checksum nothing is believed
        Files.write(arrays, withHeader(old.replace("checkpoint 1", "checkpoint 2"), whole, length));
        InputException lost = assertThrows(InputException.class, () -> Checkpoint.load(folder, small.fresh()));
        assertTrue(lost.getMessage().contains("without its checksum"), lost.getMessage());
    }

    private static byte[] withHeader(String header, byte[] whole, int oldLength) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(text.length + whole.length - oldLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
        return bytes.put(whole, 8 + oldLength, whole.length - 8 - oldLength).array();
    }
}
