package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.cli.CommandLineFixture.picture;
import static slidefield.cli.CommandLineFixture.tiny;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line here fails: with one line that helps, without a stack trace, and without losing anything. */
class BadInputTest {
    private static final Color TISSUE = new Color(200, 120, 170);
    private static final String TRUTH =
            "<ASAP_Annotations><Annotations><Annotation Name=\"a\" Type=\"Polygon\" PartOfGroup=\"Tumor\"><Coordinates>"
                    + "<Coordinate Order=\"0\" X=\"10\" Y=\"10\"/><Coordinate Order=\"1\" X=\"60\" Y=\"10\"/>"
                    + "<Coordinate Order=\"2\" X=\"60\" Y=\"60\"/></Coordinates></Annotation></Annotations>"
                    + "</ASAP_Annotations>";

    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;
    private static Path slide;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    @BeforeAll
    static void train() {
        CommandLineFixture cli = new CommandLineFixture();
        manifest = cli.phantoms(shared.resolve("set"));
        run = shared.resolve("run");
        assertEquals(0, cli.run("train", manifest, "--out", run, tiny()), cli.err());
        slide = shared.resolve("set/phantom_02.tif");
    }

    /**
     * @param name what is wrong
     * @param status the exit status to expect
     * @param line builds the command line in a fresh folder
     * @param says what the message has to hold
     */
    private record Case(String name, int status, Function<Path, List<?>> line, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case fails(String name, Function<Path, List<?>> line, String... says) {
        return new Case(name, 1, line, says);
    }

    private static Case misuse(String name, List<?> line, String... says) {
        return new Case(name, 2, at -> line, says);
    }

    // What a case needs --------------------------------------------------------------------------------------------

    private static Path file(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Path cut(Path from, Path to, double share) {
        try {
            byte[] bytes = Files.readAllBytes(from);
            Files.createDirectories(to.getParent());
            return Files.write(to, Arrays.copyOf(bytes, (int) (bytes.length * share)));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** A copy of the trained run, changed. */
    private static Path run(Path at, Function<Path, Path> change) {
        Path copy = at.resolve("run");
        CommandLineFixture.copy(run, copy);
        change.apply(copy);
        return copy;
    }

    private static Path edit(Path file, String from, String to) {
        try {
            String text = Files.readString(file);
            assertTrue(text.contains(from), text);
            return Files.writeString(file, text.replace(from, to));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Path delete(Path file) {
        try {
            Files.delete(file);
            return file;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static List<Object> segment(Path of, Path image, Path at, Object... more) {
        return Stream.concat(Stream.of("segment", of, image, "--out", at.resolve("out")), Stream.of(more))
                .toList();
    }

    private static List<Object> train(Path of, Path at, String... changes) {
        return List.of("train", of, "--out", at.resolve("new"), tiny(changes));
    }

    private static List<Object> resume(Path of) {
        return List.of("train", manifest, "--out", of, "--resume");
    }

    /** A manifest of one training picture. */
    private static Path pictures(Path at, Color colour, String annotation, String extra) {
        picture(at.resolve("a.png"), 128, 128, colour, colour);
        return file(
                at.resolve("pictures.yaml"),
                "name: pictures\nbase: {mpp: 1}\nslides:\n  - {name: a, path: a.png, split: train, " + extra
                        + (annotation == null ? "" : "annotation: " + annotation) + "}\n");
    }

    private static Path withTruth(Path at, Color colour, String xml) {
        file(at.resolve("a.xml"), xml);
        return pictures(at, colour, "a.xml", "mpp: 1, ");
    }

    // The table ----------------------------------------------------------------------------------------------------

    static Stream<Case> slides() {
        return Stream.of(
                fails("not a slide", at -> segment(run, file(at.resolve("x.tif"), "text"), at), "x.tif", "not a slide"),
                fails("no such slide", at -> segment(run, at.resolve("none.tif"), at), "none.tif", "does not exist"),
                fails("truncated TIFF", at -> segment(run, cut(slide, at.resolve("c.tif"), 0.5), at), "c.tif"),
                fails("empty slide", at -> segment(run, cut(slide, at.resolve("c.tif"), 0), at), "c.tif", "empty"),
                fails(
                        "no mpp",
                        at -> segment(run, picture(at.resolve("p.png"), 128, 128, TISSUE, TISSUE), at),
                        "--mpp",
                        "mpp:"),
                fails(
                        "no mpp in training",
                        at -> {
                            file(at.resolve("a.xml"), TRUTH);
                            return train(pictures(at, TISSUE, "a.xml", ""), at);
                        },
                        "--mpp",
                        "mpp:"),
                fails("mpp 0", at -> segment(run, slide, at, "--mpp", 0), "over 0"),
                fails("mpp NaN", at -> segment(run, slide, at, "--mpp", "NaN"), "over 0"),
                fails("mpp far too large", at -> segment(run, slide, at, "--mpp", 100000), "100000", "--mpp"),
                fails(
                        "white slide",
                        at -> segment(
                                run, picture(at.resolve("w.png"), 128, 128, Color.WHITE, Color.WHITE), at, "--mpp", 1),
                        "no tissue",
                        "training.minimumTissue"),
                fails("white slide in training", at -> train(withTruth(at, Color.WHITE, TRUTH), at), "no tissue", "a"),
                fails(
                        "truth of another shape",
                        at -> segment(
                                run,
                                slide,
                                at,
                                "--truth",
                                picture(at.resolve("m.png"), 128, 64, Color.WHITE, Color.BLACK)),
                        "128 x 64",
                        "256 x 256"),
                fails("truth not there", at -> segment(run, slide, at, "--truth", at.resolve("t.xml")), "t.xml"));
    }

    static Stream<Case> manifests() {
        return Stream.of(
                fails(
                        "no lesion in the training split",
                        at -> train(withTruth(at, TISSUE, "<ASAP_Annotations><Annotations/></ASAP_Annotations>"), at),
                        "no lesion in the whole training split"),
                fails("no annotation", at -> train(pictures(at, TISSUE, null, "mpp: 1"), at), "a has no annotation"),
                fails("annotation not there", at -> train(pictures(at, TISSUE, "b.xml", "mpp: 1, "), at), "b.xml"),
                fails("no such manifest", at -> train(at.resolve("m.yaml"), at), "m.yaml"),
                fails(
                        "no training split",
                        at -> train(edit(withTruth(at, TISSUE, TRUTH), "split: train", "split: test"), at),
                        "'train'"),
                fails(
                        "no test split",
                        at -> List.of("run", withTruth(at, TISSUE, TRUTH), "--out", at.resolve("new"), tiny()),
                        "'test'"),
                fails(
                        "Base far too fine",
                        at -> train(edit(withTruth(at, TISSUE, TRUTH), "base: {mpp: 1}", "base: {mpp: 1e-7}"), at),
                        "a"),
                fails(
                        "a forced run with a bad manifest",
                        at -> List.of(
                                "train", pictures(at, TISSUE, "b.xml", "mpp: 1, "), "--out", run, "--force", tiny()),
                        "b.xml"));
    }

    static Stream<Case> settings() {
        return Stream.of(
                fails(
                        "unknown preset",
                        at -> List.of("train", manifest, "--out", at.resolve("n"), "--preset", "big"),
                        "big",
                        "paper, teaching"),
                fails(
                        "unknown key",
                        at -> train(manifest, at, "training.windows=3"),
                        "training.windows",
                        "training.window,"),
                fails("no value", at -> train(manifest, at, "training.window"), "key=value"),
                fails(
                        "impossible value",
                        at -> train(manifest, at, "training.window=-3"),
                        "training.window",
                        "between 8 and 8192"),
                fails(
                        "half an epoch",
                        at -> train(manifest, at, "training.lesionEpochs=1.5"),
                        "training.lesionEpochs",
                        "1.5"),
                fails("a word for a number", at -> train(manifest, at, "seed=abc"), "seed", "abc"),
                fails("no number", at -> train(manifest, at, "training.lesionRate=NaN"), "lesionRate", "above 0"),
                fails("window too large", at -> train(manifest, at, "training.window=100000"), "window", "100000"),
                fails("jitter too large", at -> train(manifest, at, "training.jitter=2147483647"), "jitter"),
                fails("no scale", at -> train(manifest, at, "training.latents.scales=[null]"), "scales"),
                fails(
                        "table too large",
                        at -> train(manifest, at, "field.hashGrid.levels=32", "field.hashGrid.log2Table=28"),
                        "hashGrid"),
                fails(
                        "other than ito in segment",
                        at -> segment(run, slide, at, "--set", "training.window=32"),
                        "training.window",
                        "ito.*"),
                fails("optimize", at -> segment(run, slide, at, "--optimize", "best"), "base or same", "best"),
                fails("resolution", at -> segment(run, slide, at, "--resolution", "base/8"), "base/8", "base/4"),
                fails(
                        "settings on resume",
                        at -> List.of("train", manifest, "--out", run, "--resume", "--seed", 3),
                        "--seed",
                        "--resume"),
                fails("bench mode", at -> List.of("bench", "--modes", "fast", tiny()), "fast", "recon"),
                fails("bench steps", at -> List.of("bench", "--steps", 2000000000, tiny()), "--steps"),
                fails("bench precision", at -> List.of("bench", "--precision", "f8", tiny()), "f8"),
                misuse("no --out", List.of("train", "m.yaml"), "--out"),
                misuse("both", List.of("train", "m.yaml", "--out", "x", "--resume", "--force"), "--resume", "--force"),
                misuse("a word for --steps", List.of("bench", "--steps", "few"), "--steps", "few"));
    }

    static Stream<Case> folders() {
        return Stream.of(
                fails("RUN exists", at -> List.of("train", manifest, "--out", run, tiny()), "--resume", "--force"),
                fails(
                        "RUN holds something else",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x/notes.txt"), "mine").getParent(),
                                tiny()),
                        "no run folder",
                        "--out"),
                fails(
                        "RUN holds another config.yaml, and is forced",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x/config.yaml"), "a: 1").getParent(),
                                "--force",
                                tiny()),
                        "no run folder",
                        "--out"),
                fails(
                        "RUN is a file",
                        at -> List.of("train", manifest, "--out", file(at.resolve("x"), "mine"), tiny()),
                        "not a folder"),
                fails(
                        "RUN below a file",
                        at -> List.of(
                                "train",
                                manifest,
                                "--out",
                                file(at.resolve("x"), "mine").resolve("run"),
                                tiny()),
                        "not a folder"),
                fails("nothing to resume", at -> resume(at.resolve("x")), "no run to resume"),
                fails(
                        "resume another folder",
                        at -> resume(file(at.resolve("x/notes.txt"), "mine").getParent()),
                        "no run folder"),
                fails("no run", at -> segment(at.resolve("x"), slide, at), "no run folder", "train"),
                fails(
                        "not trained to the end",
                        at -> segment(run(at, r -> delete(r.resolve("field.safetensors"))), slide, at),
                        "--resume"),
                fails(
                        "run's manifest is gone",
                        at -> segment(run(at, r -> delete(r.resolve("manifest.yaml"))), slide, at),
                        "manifest.yaml"),
                fails(
                        "larger in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "levels: 4", "levels: 5")), slide, at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "smaller in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "stages: 1", "stages: 2")), slide, at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "fewer in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "branch: \"RELU\"", "branch: \"SINE\"")),
                                slide,
                                at),
                        "field.safetensors",
                        "other settings"),
                fails(
                        "no number in config",
                        at -> segment(
                                run(at, r -> edit(r.resolve("config.yaml"), "levels: 4", "levels: many")), slide, at),
                        "config.yaml",
                        "many"),
                fails(
                        "config empty",
                        at -> segment(run(at, r -> file(r.resolve("config.yaml"), "")), slide, at),
                        "config.yaml"),
                fails(
                        "weights empty",
                        at -> segment(
                                run(at, r -> cut(r.resolve("field.safetensors"), r.resolve("field.safetensors"), 0)),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "weights truncated",
                        at -> segment(
                                run(at, r -> cut(r.resolve("field.safetensors"), r.resolve("field.safetensors"), 0.7)),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "weights damaged",
                        at -> segment(
                                run(at, r -> file(r.resolve("field.safetensors"), "not safetensors at all")),
                                slide,
                                at),
                        "field.safetensors"),
                fails(
                        "checkpoint empty",
                        at -> resume(run(at, r -> file(r.resolve("checkpoint.json"), ""))),
                        "checkpoint.json"),
                fails(
                        "checkpoint without anything",
                        at -> resume(run(at, r -> file(r.resolve("checkpoint.json"), "{}"))),
                        "checkpoint.json"),
                fails(
                        "checkpoint cut",
                        at -> resume(
                                run(at, r -> cut(r.resolve("checkpoint.json"), r.resolve("checkpoint.json"), 0.5))),
                        "checkpoint.json"),
                fails(
                        "checkpoint without phase",
                        at -> resume(run(at, r -> edit(r.resolve("checkpoint.json"), "\"RECONSTRUCTION\"", "null"))),
                        "checkpoint.json"),
                fails(
                        "checkpoint names a path",
                        at -> resume(run(at, r -> edit(r.resolve("checkpoint.json"), "checkpoint-4.", "../x-4."))),
                        "checkpoint.json"),
                fails(
                        "checkpoint's arrays gone",
                        at -> resume(run(at, r -> delete(r.resolve("checkpoint-4.safetensors")))),
                        "checkpoint-4.safetensors"),
                fails(
                        "checkpoint's arrays cut",
                        at -> resume(run(
                                at,
                                r -> cut(
                                        r.resolve("checkpoint-4.safetensors"),
                                        r.resolve("checkpoint-4.safetensors"),
                                        0.7))),
                        "checkpoint-4.safetensors"),
                fails(
                        "checkpoint of other slides",
                        at -> List.of("train", withTruth(at, TISSUE, TRUTH), "--out", run, "--resume"),
                        "phantom_01",
                        "same manifest"),
                fails(
                        "--out is a file",
                        at -> List.of("segment", run, slide, "--out", file(at.resolve("f"), "mine")),
                        "not a folder"),
                fails(
                        "--out cannot be made",
                        at -> List.of("segment", run, slide, "--out", "/proc/none/out"),
                        "/proc/none/out"));
    }

    static Stream<Case> all() {
        return Stream.of(slides(), manifests(), settings(), folders()).flatMap(Function.identity());
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneLineSaysWhatIsWrongAndNothingIsLost(Case wrong) {
        // given
        List<?> line = wrong.line.apply(folder);
        Map<String, Integer> before = CommandLineFixture.contents(folder);
        Map<String, Integer> runBefore = CommandLineFixture.contents(run);
        // when
        int status = cli.run(line);
        // then
        System.out.println(wrong + ": " + cli.err().strip());
        assertEquals(wrong.status, status, cli.err());
        assertEquals("", cli.out());
        assertTrue(cli.err().startsWith("slidefield: "), cli.err());
        assertEquals(wrong.status == 1 ? 1 : 3, cli.err().lines().count(), cli.err());
        for (String part : wrong.says) {
            assertTrue(cli.err().contains(part), "expected '" + part + "' in: " + cli.err());
        }
        assertFalse(cli.err().contains("this is a bug") || cli.err().contains("\tat "), cli.err());
        assertEquals(before, CommandLineFixture.contents(folder));
        assertEquals(runBefore, CommandLineFixture.contents(run));
    }

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
            assertTrue(cli.err().matches("(?s).*step [12]: .*epoch [12].*"), cli.err());
            Map<String, Integer> left = CommandLineFixture.contents(out);
            assertFalse(left.containsKey("field.safetensors"), left.toString());
            assertEquals(rate.contains("lesion"), left.containsKey("checkpoint-2.safetensors"), left.toString());
        }
    }
}
