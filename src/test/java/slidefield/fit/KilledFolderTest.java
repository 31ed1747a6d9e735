package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

/** Run folders that a killed process left before, while or after it kept a run there. */
@Tag("alone")
class KilledFolderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {".config.yaml.part", ".slidefield-3f.table", ".checkpoint-1.safetensors.part"})
    void aFolderWithNothingButLeftoversIsFree(String leftover) throws IOException {
        // given a training that was killed before its config.yaml was whole
        Path left = Files.writeString(folder.resolve(leftover), "half");
        // when
        RunFolder run = RunFolder.forTraining(folder, IfExists.REFUSE);
        // then
        assertFalse(run.resumes());
        assertFalse(Files.exists(left));
    }

    @Test
    void leftoversOfARunGoWhenItIsResumedAndOtherFilesStay() throws IOException {
        SmallFieldTraining.SETTINGS.write(folder.resolve(RunFolder.CONFIG));
        Files.writeString(folder.resolve(".metrics.csv.part"), "half");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThrows(InputException.class, () -> RunFolder.forTraining(folder, IfExists.REFUSE));
        assertTrue(Files.exists(folder.resolve(".metrics.csv.part")), "a run that is refused is not touched");

        RunFolder.forTraining(folder, IfExists.RESUME);

        assertFalse(Files.exists(folder.resolve(".metrics.csv.part")));
        assertTrue(Files.exists(folder.resolve("notes.txt")));
    }

    @Test
    void aRunIsDeletedSoThatHalfOfItIsStillARun() {
        List<String> order = RunFolder.inDeletionOrder(List.of(
                "checkpoint-4.safetensors",
                "config.yaml",
                "notes.txt",
                "checkpoint.json",
                "manifest.yaml",
                "field.safetensors"));
        assertEquals("checkpoint.json", order.get(0));
        assertEquals("config.yaml", order.get(order.size() - 1));
        assertEquals(5, order.size());
    }
}
