package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;

/** The models of Tables 2 and 3: their names, parts and numbers of parameters. */
class SwipeAblationsTest {
    private static final SwipeOptions RELEASED = SwipeOptions.released();

    private static Map<String, Long> counts(Map<String, SwipeOptions> rows) {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach((name, options) -> {
            Swipe network = TinySwipe.network(options, 1);
            counts.put(name, network.parameterCount());
            network.values().values().forEach(INDArray::close);
        });
        return counts;
    }

    private static void assertRows(Map<String, SwipeOptions> rows, Object... namesAndCounts) {
        List<Object> found = new ArrayList<>();
        counts(rows).forEach((name, count) -> {
            found.add(name);
            found.add(count.intValue());
        });
        assertEquals(List.of(namesAndCounts), found);
    }

    @Test
    void theLadderHasTheNumbersOfItsParts() {
        int attention = 4_404;
        int imageDecoder = 133_121;
        // two layers see z^I and p^I, or p^S
        int global = 2 * 258 * 256;
        int source = 2 * 2 * 256;
        int whole = 2_712_432 + source;
        int bare = whole - source - global - imageDecoder - attention;
        assertRows(
                SwipeAblations.ladder(RELEASED),
                "none",
                bare - 1_193_472 + 64 * (128 + 160 + 192 + 256) + 4 * 128,
                "+ RFB-Lite",
                bare,
                "+ Cascade",
                bare,
                "+ MEA",
                bare + attention,
                "+ D^I(z^I, p^I)",
                bare + attention + imageDecoder,
                "+ D^P(z^I, p^I)",
                whole - source,
                "+ D^P(p^S)",
                whole,
                "+ SPO",
                whole);
    }

    @Test
    void everyRungAddsOnePart() {
        List<SwipeOptions> rungs =
                new ArrayList<>(SwipeAblations.ladder(RELEASED).values());

        // the last one is all there is, told p^S
        assertEquals(RELEASED.withDecoder(RELEASED.decoder().withSource(true)), rungs.get(7));
        assertEquals(0, rungs.get(6).occurrences());
        assertEquals(RELEASED.withOverreach(8, 0), rungs.get(5));
        for (int k = 0; k < rungs.size(); k++) {
            SwipeOptions o = rungs.get(k);
            assertEquals(k >= 1, o.neck().rfb());
            assertEquals(k >= 2, o.neck().cascade());
            assertEquals(k >= 3 ? Fusion.ATTENTION : Fusion.ADDITION, o.neck().fusion());
            assertEquals(k >= 4, o.decoder().image());
            assertEquals(k >= 5, o.decoder().global());
            assertEquals(k >= 6, o.decoder().source());
            assertEquals(k >= 7 ? 8 : 0, o.occurrences());
        }
    }

    @Test
    void theOtherDesignsHaveTheNumbersOfTheirParts() {
        int whole = 2_712_432 + 2 * 2 * 256;
        // five convolutions, four layers, a norm and the weights of the tokens; decoders of 286 and 130 inputs
        int cct = 186_816 + 4 * 132_096 + 256 + 129 + 280_065 + 83_969;
        // six levels; four 1 x 1 convolutions of the neck see 32 + 64 + 128 + 256 channels instead of 736
        int unet = whole - 904_762 + 1_181_304 - 4 * 64 * (736 - 480);
        int selfAttention = 256 * 64 + 128 + 64 + 128 + 3 * 64 * 64 + 64 * 64 + 64 + 64 * 256 + 256;
        assertRows(
                SwipeAblations.designs(RELEASED),
                "CCT",
                cct,
                "U-Net",
                unet,
                "Addition",
                whole - 4_404,
                "Concat. + 1x1 Conv",
                whole - 4_404 + 4 * 256 * 256 + 256,
                "Self-Attention",
                whole - 4_404 + selfAttention,
                "N_o = 0",
                whole,
                "N_o = 4, con = 4",
                whole,
                "N_o = 4, con = 8",
                whole,
                "N_o = 8, con = 4",
                whole);
        SwipeOptions four = SwipeAblations.designs(RELEASED).get("N_o = 4, con = 8");
        assertEquals(4, four.occurrences());
        assertEquals(8, four.connectivity());
    }

    @Test
    void depthIsThePapers() {
        Map<String, Long> counts = counts(SwipeAblations.depths(RELEASED));

        assertEquals(List.of("14", "28", "50"), new ArrayList<>(counts.keySet()));
        assertEquals(2.31, counts.get("14") / 1e6, 0.005);
        assertEquals(2_712_432, counts.get("28"));
        assertEquals(3.49, counts.get("50") / 1e6, 0.005);
    }

    @Test
    void widthsHaveThePapersProportions() {
        double released = 904_762;
        SwipeAblations.widths(RELEASED).forEach((name, options) -> {
            BackboneOptions sizes = (BackboneOptions) options.backbone();
            Res2Net backbone = new Res2Net(new Init(DataType.FLOAT, 1), sizes);
            double paper = Double.parseDouble(name.replace("M", "")) / 3.9;
            assertEquals(paper, backbone.parameterCount() / released, 0.05 * paper, name);
            backbone.values().values().forEach(INDArray::close);
        });
        assertEquals(
                List.of("1.9M", "3.9M", "9.8M", "16.4M"),
                new ArrayList<>(SwipeAblations.widths(RELEASED).keySet()));
        assertEquals(RELEASED, SwipeAblations.widths(RELEASED).get("3.9M"));
    }

    @Test
    void everyModelAnswersPointsAndSurvivesItsYamlForm(@TempDir Path folder) {
        // given a small whole model
        List<SwipeOptions> all = new ArrayList<>();
        all.addAll(SwipeAblations.ladder(SwipeOptions.small()).values());
        all.addAll(SwipeAblations.designs(SwipeOptions.small()).values());
        all.addAll(SwipeAblations.depths(SwipeOptions.small()).values());
        all.addAll(SwipeAblations.widths(SwipeOptions.small()).values());
        assertEquals(8 + 9 + 3 + 4, all.size());
        PointBatch points = TinySwipe.points(1, 2, 3, 64, 32);
        List<SourceFrame> sources = List.of(SourceFrame.whole(32, 64), SourceFrame.whole(32, 64));
        try (Engine engine = Engine.preferred()) {
            for (SwipeOptions options : all) {
                Swipe network = TinySwipe.network(options, 2);
                try (Tape tape = engine.record()) {
                    // when
                    SwipeOutput output = network.forward(
                            tape.constant(TinySwipe.images(DataType.FLOAT, 3, 2, 64, 32)), points, sources, 4);

                    // then
                    assertEquals(6, output.patchLogits().size(0));
                    assertEquals(options.decoder().image(), output.imageLogits() != null);
                    assertEquals(
                            options.occurrences() == 0 ? 0 : 6 * options.occurrences(),
                            output.overreachPoints().length);
                }
                network.values().values().forEach(INDArray::close);
                SwipeSettings settings = settings(options);
                settings.write(folder.resolve("config.yaml"));
                assertEquals(settings, SwipeSettings.read(folder.resolve("config.yaml")));
            }
        }
    }

    private static SwipeSettings settings(SwipeOptions swipe) {
        SwipeSettings teaching = SwipeSettings.preset("teaching").with("augmentation.crop", "0");
        return new SwipeSettings(
                teaching.preset(),
                teaching.seed(),
                swipe,
                teaching.points(),
                teaching.augmentation(),
                teaching.loss(),
                teaching.optimisation(),
                teaching.training(),
                teaching.prediction());
    }

    @Test
    void theNamesOfItsOptionsSayWhichBackboneItIs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.yaml");
        SwipeSettings settings =
                settings(SwipeAblations.designs(SwipeOptions.small()).get("U-Net"));
        settings.write(file);
        String text = Files.readString(file);
        String levels = text.lines()
                .filter(line -> line.contains("levels:"))
                .findFirst()
                .orElseThrow();

        Files.writeString(file, text.replace(levels, levels.replace("levels:", "depths:")));

        SwipeTestData.refused(
                () -> SwipeSettings.read(file), file.toString(), "swipe.backbone", "of no kind that is known there");
        SwipeTestData.refused(() -> settings.with("swipe.backbone.blocks", "[1, 1, 1, 1]"), "unknown option");
        String narrower =
                settings.with("swipe.backbone.levels", "[1, 2, 3, 4, 5, 6]").toYaml();
        assertTrue(narrower.contains("levels"), narrower);
    }

    @Test
    void whatIsNoWholeModelIsRefused() {
        SwipeOptions bare = RELEASED.withNeck(RELEASED.neck().withCascade(false));
        assertTrue(said(() -> SwipeAblations.ladder(bare)).contains("cascade"));
        assertTrue(
                said(() -> SwipeAblations.designs(RELEASED.withOverreach(8, 0))).contains("patch overreach"));
        SwipeOptions unet = SwipeAblations.designs(RELEASED).get("U-Net");
        assertTrue(said(() -> SwipeAblations.widths(unet)).contains("a Res2Net is expected"));
        assertTrue(said(() -> SwipeAblations.depths(unet)).contains("a Res2Net is expected"));
    }

    @Test
    void impossibleOptionsAreNamed() {
        assertTrue(said(() -> RELEASED.withBackbone(CctOptions.table3())).contains("the channels of the CCT's tokens"));
        assertTrue(said(() -> new CctOptions(4, 6, 1, 4, 8)).contains("heads of the CCT must be a divisor of 6"));
        assertTrue(said(() -> new CctOptions(0, 4, 1, 4, 8)).contains("width of the CCT"));
        assertTrue(said(() -> new CctOptions(4, 4, 0, 4, 8)).contains("layers of the CCT"));
        assertTrue(said(() -> new UNetBackboneOptions(List.of(1, 2, 3))).contains("levels of the U-Net"));
        NeckOptions odd = new NeckOptions(5, 8, 2, true, true, Fusion.ADDITION, false, ImageEmbedding.PATCH_EMBEDDINGS);
        assertTrue(said(() -> odd.withFusion(Fusion.SELF_ATTENTION)).contains("even for the two heads"));
    }

    private static String said(Executable work) {
        return assertThrows(IllegalArgumentException.class, work).getMessage();
    }
}
