package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.fit.Checkpoint;
import slidefield.fit.Resumable;
import slidefield.fit.SmallFieldTraining;
import slidefield.nic.SmallEncoderTraining;
import slidefield.nic.SmallSlideTraining;
import slidefield.patch.SmallPatchTraining;
import slidefield.swipe.SmallSwipeTraining;

/** Kills trainings with SIGKILL at random moments: what is on disk is whole, and leads to the same bits. */
@Tag("alone")
@Tag("once")
class KilledTrainingTest {
    /** Kills that a save may be missed by before it counts as one that cannot be hit. */
    private static final int MORE_TRIES = 24;

    @TempDir
    Path folder;

    private int insideSaves;
    private int beforeTheFirst;
    private int ends;

    /** What an uninterrupted run has after every epoch. */
    private static final class Expected {
        final SmallTraining small;
        final Map<Integer, String> after = new HashMap<>();
        final String atTheEnd;

        Expected(SmallTraining small) {
            this.small = small;
            Resumable whole = small.fresh();
            small.finish(whole, t -> after.put(t.reports().size(), StateDigest.of(t.state())));
            atTheEnd = StateDigest.of(whole.state());
        }
    }

    @ParameterizedTest
    @CsvSource({"field, 2, 35", "patch, 1, 20", "swipe, 1, 20", "encoder, 1, 20", "slides, 1, 20"})
    void whateverMomentItIsKilledAtARunEndsWithTheBitsOfAnUninterruptedOne(String what, int few, int many)
            throws Exception {
        // given
        long seed = 5;
        int kills = LongRun.count(many, few);
        Random random = new Random(seed);
        Expected expected = new Expected(small(what));
        Path run = Files.createDirectory(folder.resolve("run"));
        // when killed again and again, every second time in a save
        int survived = 0;
        // and on until a kill hit a save: a signal takes its time, and may come after the save that it was meant for
        while (survived < kills || insideSaves == 0 && survived < kills + MORE_TRIES) {
            // the first one after a checkpoint, the others whenever it comes
            if (!kill(expected, run, random, survived == 0 ? 2 : 0, survived % 2 == 0 || survived >= kills)) {
                // then a run that was faster than the kill has the bits, and the next one begins anew
                assertEquals(expected.after.get(epochs(expected)), checkpoint(expected, run));
                ends++;
                empty(run);
                continue;
            }
            checkpoint(expected, run);
            survived++;
        }
        // then what is left leads to the end
        Resumable last = expected.small.fresh();
        if (Files.exists(run.resolve("checkpoint.json"))) {
            Checkpoint.load(run, last);
        }
        expected.small.finish(last, t -> Checkpoint.save(run, t));
        assertEquals(expected.atTheEnd, StateDigest.of(last.state()));
        assertEquals(2, names(run).size(), names(run).toString());
        System.out.printf(
                "%s: %d kills survived (seed %d), %d inside a save, %d before the first checkpoint, %d runs to the end%n",
                what, survived, seed, insideSaves, beforeTheFirst, ends);
        assertTrue(insideSaves > 0, "no kill hit a save");
    }

    private static SmallTraining small(String what) {
        return switch (what) {
            case "field" -> new SmallFieldTraining();
            case "patch" -> new SmallPatchTraining();
            case "encoder" -> new SmallEncoderTraining();
            case "slides" -> new SmallSlideTraining();
            default -> new SmallSwipeTraining();
        };
    }

    /**
     * Kills a child at a random moment of its training.
     *
     * @param after so many saves at least
     * @param inSave whether to wait for one more to begin
     * @return false if it ended before
     */
    private boolean kill(Expected expected, Path run, Random random, int after, boolean inSave) throws Exception {
        Path errors = folder.resolve("err.txt");
        Process child = ChildJvm.start(
                null, KilledChild.class, errors, expected.small.getClass().getName(), run.toString());
        try (var said = ChildJvm.output(child)) {
            String line = said.readLine();
            assertEquals("trains", line, () -> read(errors));
            awaitEpochs(child, run, after + random.nextInt(6));
            Thread.sleep(random.nextInt(60));
            while (inSave && child.isAlive() && !isSaving(run)) {
                Thread.onSpinWait();
            }
            child.destroyForcibly().waitFor();
        }
        if (child.exitValue() == 0) {
            return false;
        }
        assertEquals(128 + 9, child.exitValue(), () -> read(errors));
        if (isSaving(run) || !names(run).equals(expectedNames(run))) {
            insideSaves++;
        }
        return true;
    }

    /** Waits for some checkpoints, or the end of the child. */
    private static void awaitEpochs(Process child, Path run, int count) throws InterruptedException {
        Set<String> seen = new HashSet<>(names(run));
        int more = 0;
        while (more < count && child.isAlive()) {
            for (String name : names(run)) {
                more += name.startsWith("checkpoint-") && seen.add(name) ? 1 : 0;
            }
            Thread.sleep(1);
        }
    }

    private static boolean isSaving(Path run) {
        return names(run).stream().anyMatch(name -> name.endsWith(".part"));
    }

    /** What is there between two saves. */
    private static List<String> expectedNames(Path run) throws IOException {
        Path sidecar = run.resolve("checkpoint.json");
        if (!Files.exists(sidecar)) {
            return List.of();
        }
        String arrays = Files.readString(sidecar).replaceFirst("(?s).*\"arrays\" : \"([^\"]*)\".*", "$1");
        return List.of(arrays, "checkpoint.json");
    }

    private static List<String> names(Path run) {
        String[] names = run.toFile().list();
        return Stream.of(names == null ? new String[0] : names).sorted().toList();
    }

    /** Loads what is on disk, which has to be whole and what an uninterrupted run had at that moment. */
    private String checkpoint(Expected expected, Path run) {
        if (!Files.exists(run.resolve("checkpoint.json"))) {
            beforeTheFirst++;
            return "";
        }
        Resumable training = expected.small.fresh();
        Checkpoint.load(run, training);
        String digest = StateDigest.of(training.state());
        String wanted = expected.after.get(training.reports().size());
        assertNotNull(wanted, training.reports().toString());
        assertEquals(wanted, digest, "after " + training.reports().size() + " epochs");
        return digest;
    }

    private static int epochs(Expected expected) {
        return expected.after.keySet().stream().mapToInt(n -> n).max().orElseThrow();
    }

    private static void empty(Path run) throws IOException {
        for (String name : names(run)) {
            Files.delete(run.resolve(name));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException none) {
            return "";
        }
    }
}
