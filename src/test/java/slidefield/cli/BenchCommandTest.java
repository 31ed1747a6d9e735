package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slidefield.fit.Benchmark;
import slidefield.fit.Settings;
import slidefield.fit.Workload;

@Tag("alone")
class BenchCommandTest {
    private static final List<String> SMALL = CommandLineFixture.tiny("training.window=16");

    private final CommandLineFixture cli = new CommandLineFixture();

    private List<JsonNode> bench(Object... options) throws IOException {
        assertEquals(0, cli.run("bench", "--steps", 3, "--warm-up", 0, "--json", SMALL, List.of(options)), cli.err());
        return StreamSupport.stream(cli.json().get("results").spliterator(), false)
                .toList();
    }

    @Test
    void withThePeakEveryModeSaysItsShareOfIt() throws IOException {
        // when
        List<JsonNode> lines = bench("--modes", "infer,encode,peak");
        // then the peak comes first
        JsonNode peak = lines.get(0);
        assertEquals("peak", peak.get("mode").asText());
        assertEquals("f32", peak.get("precision").asText());
        JsonNode infer = lines.get(1);
        assertEquals("infer", infer.get("mode").asText());
        double rate = infer.get("gflop").asDouble() / infer.get("ms").asDouble() * 1e3;
        assertEquals(rate, infer.get("gflops").asDouble(), 0.2 * rate);
        assertEquals(
                infer.get("gflops").asDouble() / peak.get("gflops").asDouble(),
                infer.get("share").asDouble(),
                1e-3);
        JsonNode encode = lines.get(2);
        assertFalse(encode.has("gflops"));
        assertEquals(
                encode.get("gb_per_s").asDouble() / peak.get("gb_per_s").asDouble(),
                encode.get("share").asDouble(),
                1e-3);
    }

    @Test
    void withoutThePeakThereIsNoShare() throws IOException {
        // given
        Settings settings = Settings.preset("teaching")
                .with(SMALL.stream().filter(word -> !word.equals("--set")).toList());
        // when
        JsonNode line = bench("--modes", " Recon").get(0);
        // then
        assertFalse(line.has("share"));
        assertEquals(16, line.get("window").asInt());
        double counted = new Workload(settings.field(), 16, 1024).gflop(Benchmark.Mode.RECON);
        assertEquals(counted, line.get("gflop").asDouble(), 1e-6);
    }

    @Test
    void thePeakAloneTimesNothingElse() throws IOException {
        assertEquals(1, bench("--modes", "peak").size());
    }

    @Test
    void patchNetworksAreTimedInstead() throws IOException {
        // when
        List<JsonNode> lines = bench("--patch", "unet,mrn-bilinear", "--base", 2, "--batch", 1, "--patch-size", 128);
        // then
        assertEquals(4, lines.size());
        assertEquals("unet", lines.get(0).get("network").asText());
        assertEquals("train", lines.get(0).get("mode").asText());
        assertEquals("predict", lines.get(3).get("mode").asText());
        double rate = 1e3 * 128 * 128 / lines.get(0).get("ms").asDouble();
        assertEquals(rate, lines.get(0).get("px_per_s").asDouble(), 0.01 * rate);
    }

    @Test
    void impossiblePatchesAreRefused() {
        assertEquals(1, cli.run("bench", "--patch", "vnet"));
        assertTrue(cli.err().contains("unknown patch network 'vnet'"), cli.err());
        assertEquals(1, cli.run("bench", "--patch", "unet", "--patch-size", 100));
        assertTrue(cli.err().contains("multiple of 16"), cli.err());
    }

    @Test
    void presetsOfSwipeItsRivalsAndOfVolumesAreTimedInstead() throws IOException {
        // when
        List<JsonNode> lines = bench(
                "--swipe",
                "teaching,iosnet-teaching,res2unet-teaching,volume-teaching",
                "--batch",
                2,
                "--points",
                9,
                "--image-size",
                64);
        // then each has both modes, and PyTorch's peers as many parameters
        assertEquals(
                List.of(
                        "teaching 136204",
                        "iosnet-teaching 172951",
                        "res2unet-teaching 153007",
                        "volume-teaching 127172"),
                lines.stream()
                        .filter(line -> line.get("mode").asText().equals("train"))
                        .map(line -> line.get("network").asText() + " "
                                + line.get("parameters").asLong())
                        .toList());
        for (int k = 0; k < lines.size(); k++) {
            JsonNode line = lines.get(k);
            assertEquals(k % 2 == 0 ? "train" : "predict", line.get("mode").asText());
            assertEquals(k % 2 == 0 ? 2 : 1, line.get("batch").asInt());
            assertEquals(9, line.get("points").asInt());
            assertEquals(64, line.get("size").asInt());
            assertTrue(line.get("ms").asDouble() > 0);
        }
    }

    @Test
    void impossibleSwipesAreRefused() {
        assertEquals(1, cli.run("bench", "--swipe", "teachin"));
        assertTrue(
                cli.err().contains("unknown preset 'teachin'; there are released, paper, teaching, unet"), cli.err());
        assertTrue(cli.err().contains("volume-unet-teaching"), cli.err());
        assertEquals(1, cli.run("bench", "--swipe", "volume-medium"));
        assertTrue(cli.err().contains("unknown preset 'volume-medium'"), cli.err());
        assertEquals(1, cli.run("bench", "--swipe", "teaching", "--image-size", 100));
        assertTrue(cli.err().contains("training.size must be a multiple of 32"), cli.err());
        assertEquals(1, cli.run("bench", "--swipe", "teaching", "--patch", "unet"));
        assertTrue(cli.err().contains("give one of them"), cli.err());
        assertEquals(1, cli.run("bench", "--swipe", "teaching", "--precision", "bf16"));
        assertTrue(cli.err().contains("leave --precision out"), cli.err());
        assertEquals(1, cli.run("bench", "--patch", "unet", "--batch", 0));
        assertTrue(cli.err().contains("--batch must be 1 to 1024, got 0"), cli.err());
    }

    @Test
    void peakMemoryIsReadFromTheStatusOfTheProcess() throws IOException {
        assertEquals(OptionalLong.of(126), PeakMemory.megabytes("Name:\tjava\nVmHWM:\t  123456 kB\nVmRSS:\t 99 kB\n"));
        assertEquals(OptionalLong.empty(), PeakMemory.megabytes("Name:\tjava\nVmPeak:\t 9 kB\n"));
        if (Files.isReadable(Path.of("/proc/self/status"))) {
            assertTrue(bench("--modes", "infer").get(0).get("peak_rss_mb").asLong() > 50, cli.out());
        }
    }
}
