package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.ChildJvm;
import slidefield.nic.BiGanEncoderOptions;
import slidefield.nic.CodeGrid;
import slidefield.nic.CompressedSlide;
import slidefield.nic.GridOrientation;
import slidefield.nic.TrainedEncoder;

/** Slides compressed from the command line. */
class CompressCommandTest {
    private static final Color TISSUE = new Color(200, 120, 170);

    @TempDir
    static Path shared;

    private static Path slide;
    private static Path encoder;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    @BeforeAll
    static void make() {
        slide = CommandLineFixture.picture(shared.resolve("pink.png"), 60, 40, TISSUE, Color.WHITE);
        BiGanEncoderOptions options = new BiGanEncoderOptions(8, 3, 1, 2, 2, 3);
        encoder = shared.resolve(TrainedEncoder.FILE);
        new TrainedEncoder(options, options.build(DataType.FLOAT, 3)).save(encoder);
    }

    private List<Object> compress(Object... more) {
        return Stream.concat(
                        Stream.of("compress", slide, "--slide-mpp", 0.5, "--out", folder.resolve("out")),
                        Stream.of(more))
                .toList();
    }

    @Test
    void bf16IsRefusedWhereTheProcessorDoesNotHaveIt() throws Exception {
        // given a processor without its products, as oneDNN is told
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the variable is for x86_64");
        Path errors = folder.resolve("err.txt");
        String[] words = compress("--encoder", encoder, "--precision", "bf16").stream()
                .map(String::valueOf)
                .toArray(String[]::new);
        // when
        Process child = ChildJvm.start(null, Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"), Main.class, errors, words);
        try (var said = ChildJvm.output(child)) {
            assertEquals(0, said.lines().count());
        }
        // then
        assertEquals(1, child.waitFor());
        String refusal = Files.readString(errors);
        assertTrue(refusal.contains("take the precision f32"), refusal);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aSlideBecomesAFolder() throws IOException {
        // the run folder that holds the encoder
        assertEquals(0, cli.run(compress("--encoder", shared, "--orientations", "--json")), cli.err());
        JsonNode entry = cli.json().get("slides").get(0);
        assertEquals("pink", entry.get("name").asText());
        assertEquals(5, entry.get("rows").asInt());
        assertEquals(8, entry.get("columns").asInt());
        assertEquals(8, entry.get("orientations").asInt());
        assertEquals(64, entry.get("compression_factor").asDouble());
        assertEquals(8, cli.json().get("wrote").size());
        CompressedSlide read = CompressedSlide.open(folder.resolve("out/pink"));
        assertEquals("BiGAN", read.encoder());
        CodeGrid turned = read.read(GridOrientation.NONE_90);
        assertEquals(8, turned.rows());
        assertEquals(entry.get("tissue_patches").asLong(), read.tissue());
        assertTrue(read.tissue() >= 15 && read.tissue() <= 20, "" + read.tissue());
        // a quarter turn: what was left is below
        assertTrue(turned.tissue(7, 2) && !turned.tissue(0, 2));
    }

    @Test
    void anotherResolutionAndStride() throws IOException {
        assertEquals(
                0,
                cli.run(compress(
                        "--encoder",
                        encoder,
                        "--mpp",
                        1,
                        "--stride",
                        4,
                        "--tissue",
                        "all",
                        "--precision",
                        "f32",
                        "--json")),
                cli.err());
        JsonNode entry = cli.json().get("slides").get(0);
        assertEquals(5, entry.get("rows").asInt());
        assertEquals(8, entry.get("columns").asInt());
        assertEquals(40, entry.get("tissue_patches").asInt());
        assertEquals(16, entry.get("compression_factor").asDouble());
    }

    @Test
    void aManifestsSlidesAreCompressedByTheirNames() throws IOException {
        // given a slide and a part of it
        Path manifest = folder.resolve("two.yaml");
        Files.copy(slide, folder.resolve("pink.png"));
        Files.writeString(
                manifest,
                "name: two\nbase: {mpp: 1}\nslides:\n  - {name: a, path: pink.png, mpp: 0.5, split: train}\n"
                        + "  - {name: b, path: pink.png, mpp: 0.5, split: train, region: [0, 0, 16, 24]}\n");
        Path out = folder.resolve("out");
        // when
        assertEquals(0, cli.run("compress", manifest, "--encoder", encoder, "--out", out), cli.err());
        // then
        assertTrue(cli.out().contains("a  5 x 8 codes of 3 values"), cli.out());
        assertEquals(3, CompressedSlide.open(out.resolve("b")).rows());
        assertEquals(6, CompressedSlide.open(out.resolve("b")).tissue());
        // and again
        Map<String, Integer> before = CommandLineFixture.contents(out);
        assertEquals(1, cli.run("compress", manifest, "--encoder", encoder, "--out", out));
        assertTrue(cli.err().contains("--resume"), cli.err());
        assertEquals(0, cli.run("compress", manifest, "--encoder", encoder, "--out", out, "--resume"), cli.err());
        assertEquals(before, CommandLineFixture.contents(out));
        assertEquals(0, cli.run("compress", manifest, "--encoder", encoder, "--out", out, "--force"), cli.err());
        assertEquals(before, CommandLineFixture.contents(out));
    }

    /** Three slides of three splits. */
    private Path three() throws IOException {
        Files.copy(slide, folder.resolve("pink.png"));
        CommandLineFixture.picture(folder.resolve("other.png"), 40, 40, TISSUE, Color.WHITE);
        CommandLineFixture.picture(folder.resolve("third.png"), 24, 40, TISSUE, Color.WHITE);
        return Files.writeString(
                folder.resolve("three.yaml"),
                "name: three\nbase: {mpp: 1}\nslides:\n  - {name: a, path: pink.png, mpp: 0.5, split: train}\n"
                        + "  - {name: b, path: other.png, mpp: 0.5, split: validation}\n"
                        + "  - {name: c, path: third.png, mpp: 0.5, split: test}\n");
    }

    @Test
    void onlySomeSplitsOfAManifest() throws IOException {
        Path manifest = three();
        Path out = folder.resolve("out");
        Files.delete(folder.resolve("third.png"));
        // what is not asked for need not be there
        assertEquals(
                0,
                cli.run(
                        "compress",
                        manifest,
                        "--encoder",
                        encoder,
                        "--out",
                        out,
                        "--split",
                        "train,validation",
                        "--json"),
                cli.err());
        assertEquals(2, cli.json().get("slides").size());
        assertEquals("b", cli.json().get("slides").get(1).get("name").asText());
        assertEquals(2, cli.json().get("wrote").size());
        assertFalse(Files.exists(out.resolve("c")));
        assertEquals(1, cli.run("compress", slide, "--encoder", encoder, "--out", out, "--split", "test"));
        assertTrue(cli.err().contains("--split is for a manifest"), cli.err());
        Path training = Files.writeString(
                folder.resolve("one.yaml"),
                "name: one\nbase: {mpp: 1}\nslides:\n  - {name: a, path: pink.png, mpp: 0.5, split: train}\n");
        assertEquals(
                1, cli.run("compress", training, "--encoder", encoder, "--out", out, "--split", "test,validation"));
        assertTrue(cli.err().contains("is of the split test or validation; it has train"), cli.err());
    }

    @Test
    void whatIsWrongWithTheLastSlideIsSaidBeforeTheFirstIsCompressed() throws IOException {
        Path manifest = three();
        Path out = folder.resolve("out");
        // one that was made with another encoder
        assertEquals(
                0,
                cli.run("compress", manifest, "--encoder", "mean-rgb", "--stride", 8, "--out", out, "--split", "test"),
                cli.err());
        Map<String, Integer> before = CommandLineFixture.contents(out);
        refused(List.of(manifest, "--resume"), out, before, "c was compressed otherwise");
        refused(List.of(manifest), out, before, "c holds a compressed slide already");
        // one that does not say its pixels' size
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("third.png, mpp: 0.5", "third.png"));
        refused(List.of(manifest, "--force"), out, before, "third does not say how many micrometres");
        Files.writeString(manifest, text);
        // one that is not there
        Files.delete(folder.resolve("third.png"));
        refused(List.of(manifest, "--force"), out, before, "third.png");
    }

    private void refused(List<?> words, Path out, Map<String, Integer> before, String says) {
        assertEquals(1, cli.run("compress", words, "--encoder", encoder, "--out", out), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertTrue(cli.err().contains(says), cli.err());
        assertEquals(before, CommandLineFixture.contents(out));
    }

    private record Wrong(int status, List<?> words, String... says) {
        @Override
        public String toString() {
            return String.join(", ", says);
        }
    }

    private static Wrong wrong(List<?> words, String... says) {
        return new Wrong(1, words, says);
    }

    static Stream<Wrong> wrongs() {
        List<Object> good = List.of("--slide-mpp", 0.5, "--encoder", encoder);
        return Stream.of(
                wrong(List.of("--encoder", encoder), "pink does not say how many micrometres", "--slide-mpp"),
                wrong(List.of("--encoder", "none.h5", "--slide-mpp", 1), "none.h5 does not exist", "mean-rgb"),
                wrong(List.of("--encoder", slide, "--slide-mpp", 1), "pink.png is no HDF5 file"),
                wrong(List.of("--encoder", System.getProperty("java.io.tmpdir"), "--slide-mpp", 1), "holds no encoder"),
                wrong(List.of(good, "--stride", 0), "--stride must be between 1"),
                wrong(List.of(good, "--mpp", "NaN"), "--mpp must be above 0"),
                wrong(List.of(good, "--mpp", 0.001), "magnify it 500 times"),
                wrong(List.of(good, "--tissue", "some"), "mask, intensity or all, got 'some'"),
                wrong(List.of(good, "--precision", "f8"), "f32 or bf16"),
                new Wrong(2, List.of("--slide-mpp", 1), "--encoder"),
                new Wrong(2, List.of(good, "--resume", "--force"), "--resume", "--force"));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void oneLineSaysWhatIsWrong(Wrong wrong) {
        int status = cli.run("compress", slide, "--out", folder.resolve("out"), wrong.words);
        assertEquals(wrong.status, status, cli.err());
        assertEquals("", cli.out());
        assertEquals(status == 1 ? 1 : 3, cli.err().lines().count(), cli.err());
        assertFalse(cli.err().contains("this is a bug"), cli.err());
        for (String part : wrong.says) {
            assertTrue(cli.err().contains(part), "expected '" + part + "' in: " + cli.err());
        }
        assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    }

    @Test
    void anEncoderIsTimed() throws IOException {
        assertEquals(
                0,
                cli.run(
                        "bench",
                        "--encoder",
                        encoder + ",mean-rgb",
                        "--patches",
                        3,
                        "--steps",
                        1,
                        "--warm-up",
                        0,
                        "--json"),
                cli.err());
        JsonNode results = cli.json().get("results");
        assertEquals(2, results.size());
        assertEquals(3, results.get(0).get("patches").asInt());
        assertTrue(results.get(0).get("patches_per_s").asDouble() > 0);
        assertEquals(128, results.get(1).get("size").asInt());
        assertEquals(1, cli.run("bench", "--encoder", encoder, "--patches", 0));
        assertTrue(cli.err().contains("--patches must be 1 to 4096"), cli.err());
    }
}
