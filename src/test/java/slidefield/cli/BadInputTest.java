package slidefield.cli;

import static slidefield.cli.CommandLineFixture.picture;
import static slidefield.cli.CommandLineFixture.tiny;

import java.awt.Color;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slides, manifests and settings that cannot be used. */
class BadInputTest extends FailingCommands {
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
                fails("bench warm-up", at -> List.of("bench", "--warm-up", "NaN", tiny()), "--warm-up", "NaN"),
                fails("bench precision", at -> List.of("bench", "--precision", "f8", tiny()), "f8"),
                misuse("no --out", List.of("train", "m.yaml"), "--out"),
                misuse("both", List.of("train", "m.yaml", "--out", "x", "--resume", "--force"), "--resume", "--force"),
                misuse("a word for --steps", List.of("bench", "--steps", "few"), "--steps", "few"));
    }

    static Stream<Case> all() {
        return Stream.of(slides(), manifests(), settings()).flatMap(Function.identity());
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneLineSaysWhatIsWrongAndNothingIsLost(Case wrong) {
        check(wrong);
    }
}
