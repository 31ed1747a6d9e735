package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.cli.CommandLineFixture.picture;
import static slidefield.cli.CommandLineFixture.tiny;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is unusual but has an answer, and what fails only after a while. */
class HardCasesTest extends FailingCommands {
    @Test
    void withDebugTheTraceFollows() {
        assertEquals(1, cli.run(segment(run, folder.resolve("none.tif"), folder), "--debug"));
        assertTrue(cli.err().contains("\tat slidefield."), cli.err());
    }

    @Test
    void aMaskOfTheSameShapeIsStretchedAndThatIsSaid() {
        // given
        picture(folder.resolve("half.png"), 64, 64, Color.WHITE, Color.BLACK);
        Path pictures = pictures(folder, TISSUE, "half.png", "mpp: 1, ");
        // when / then
        assertEquals(0, cli.run(train(pictures, folder)), cli.err());
        assertTrue(cli.err().contains("half") && cli.err().contains("stretched"), cli.err());
        assertEquals(0, cli.run(segment(run, slide, folder, "--truth", folder.resolve("half.png"))), cli.err());
        assertTrue(cli.err().contains("half") && cli.err().contains("stretched"), cli.err());
    }

    @Test
    void aSlideOfOnePixelAtBaseByFourIsStillAnswered() throws IOException {
        // given 3 x 2 pixels at Base
        Path small = picture(folder.resolve("small.png"), 3, 2, TISSUE, TISSUE);
        // when
        int status = cli.run("segment", run, small, "--mpp", 1, "--out", folder.resolve("out"), "--optimize", "same");
        // then
        assertEquals(0, status, cli.err());
        assertTrue(cli.out().contains("1 x 1 px"), cli.out());
        assertEquals(13, CommandLineFixture.contents(folder.resolve("out")).size());
    }

    @Test
    void aForcedRunKeepsWhatIsNotItsOwn() {
        // given
        Path mine = run(folder, r -> file(r.resolve("notes.txt"), "mine"));
        // when
        assertEquals(
                0, cli.run("train", manifest, "--out", mine, "--force", tiny("training.lesionEpochs=1")), cli.err());
        // then
        Map<String, Integer> left = CommandLineFixture.contents(mine);
        assertTrue(left.containsKey("notes.txt"), left.toString());
        assertTrue(left.containsKey("checkpoint-3.safetensors"), left.toString());
        assertFalse(left.containsKey("checkpoint-4.safetensors"), left.toString());
    }

    @Test
    void aLossThatIsNoNumberStopsTheTrainingAndKeepsTheLastCheckpoint() {
        for (String rate : List.of("training.networkRate=1e30", "training.lesionRate=1e30")) {
            // given
            Path out = folder.resolve(rate);
            // when
            int status = cli.run("train", manifest, "--out", out, tiny(rate));
            // then
            assertEquals(1, status, cli.err());
            assertEquals(1, cli.err().lines().count(), cli.err());
            assertTrue(cli.err().contains(rate.substring(0, rate.indexOf('='))), cli.err());
            assertTrue(cli.err().matches("(?s).*step [12]: .*epoch [12] at (its last )?step.*"), cli.err());
            assertTrue(
                    cli.err()
                            .contains(
                                    rate.contains("lesion")
                                            ? "the last good checkpoint is " + out.resolve("checkpoint-")
                                            : "there is no checkpoint yet"),
                    cli.err());
            Map<String, Integer> left = CommandLineFixture.contents(out);
            assertFalse(left.containsKey("field.safetensors"), left.toString());
            assertEquals(rate.contains("lesion"), left.containsKey("checkpoint-2.safetensors"), left.toString());
        }
    }
}
