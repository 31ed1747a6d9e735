package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.io.InputException;

class ManifestTest {
    private static final String HEAD = "name: set\nbase: {mpp: 1.0}\nslides:\n";
    private static final String ONE = "  - {name: a, path: d/a.tif, split: train}\n";

    @TempDir
    Path folder;

    private Manifest read(String yaml) throws IOException {
        return Manifest.read(Files.writeString(folder.resolve("set.yaml"), yaml));
    }

    @Test
    void everyKeyOfTheFormatIsRead() throws IOException {
        // given
        String sha = "A".repeat(64);
        String yaml =
                "name: set\ndescription: two\nbase: {downsample: 4}\nsource: s\nlicence: CC0-1.0\nattribution: x\n"
                        + "slides:\n  - name: 1008-right\n    path: ./bcss//1008.jpg\n    mpp: 0.24\n"
                        + "    region: [1792, 0, 1792, 2560]\n    annotation: bcss/m.jpg\n    split: validation\n"
                        + "    url: https://example.org/a\n    bytes: 5000000000\n    sha256: " + sha
                        + "\n    licence: MIT\n"
                        + "    annotation_url: http://example.org/m\n    annotation_bytes: 7\n    annotation_sha256: "
                        + sha
                        + "\n    seed: -3\n";
        // when
        Manifest manifest = read(yaml);
        // then
        SlideEntry slide = manifest.slide("1008-right");
        String lower = "a".repeat(64);
        assertEquals(
                new SlideEntry(
                        "1008-right",
                        "bcss/1008.jpg",
                        0.24,
                        new Region(1792, 0, 1792, 2560),
                        "bcss/m.jpg",
                        Split.VALIDATION,
                        "https://example.org/a",
                        5_000_000_000L,
                        lower,
                        "MIT",
                        "http://example.org/m",
                        7L,
                        lower,
                        -3L),
                slide);
        assertEquals(Base.ofDownsample(4), manifest.base());
        assertEquals(List.of(slide), manifest.split(Split.VALIDATION));
        assertTrue(manifest.split(Split.TEST).isEmpty());
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        // given values that YAML would take for numbers, booleans or nothing
        String hex = "1".repeat(63) + "e";
        List<SlideEntry> slides = new ArrayList<>();
        for (String name :
                List.of("007", "1e5", "true", "null", "no", "1008-right", "0x1F", "1_000", "2026-01-01", "é")) {
            slides.add(new SlideEntry(
                    name,
                    name + "/a b.tif",
                    0.1 + 0.2,
                    null,
                    name,
                    Split.TEST,
                    null,
                    1L << 40,
                    hex,
                    name,
                    null,
                    null,
                    hex,
                    Long.MIN_VALUE));
        }
        slides.add(new SlideEntry(
                "r",
                "# r: x",
                null,
                new Region(1, 2, 3, 4),
                null,
                Split.TRAIN,
                null,
                null,
                null,
                "&x *y !z",
                null,
                null,
                null,
                null));
        Manifest manifest = new Manifest("s", "line: one\nline # two", Base.ofMpp(0.5), "a: b", null, "*", slides);
        Path file = folder.resolve("deep/er/m.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, Manifest.read(file));
    }

    @Test
    void syntheticAndNormalSlidesReadBackEqual() throws IOException {
        // given
        Manifest manifest = read(HEAD
                + "  - {name: a, path: a.tif, normal: true, split: train}\n"
                + "  - {name: b, path: b.tif, annotation: b.xml, mpp: 1, seed: 5, split: test,"
                + " generate: {width: 512, height: 300, lesionFraction: 0.2}}\n");
        Path file = folder.resolve("again.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, Manifest.read(file));
        assertTrue(manifest.slide("a").withoutLesions());
        assertFalse(manifest.slide("b").withoutLesions());
        assertEquals(new Generate(512, 300, 0.2), manifest.slide("b").generate());
    }

    @Test
    void regionsOfOneFileMayShareAnEdgeButNoPixel() throws IOException {
        // given
        String left = "  - {name: l, path: a.tif, region: [0, 0, 10, 10], split: train}\n";
        // when / then
        assertEquals(
                2,
                read(HEAD + left + "  - {name: r, path: a.tif, region: [10, 0, 9, 9], split: test}\n")
                        .slides()
                        .size());
        assertThrows(
                InputException.class,
                () -> read(HEAD + left + "  - {name: r, path: ./a.tif, region: [9, 9, 9, 9], split: test}\n"));
        assertEquals(
                2,
                read(HEAD + left + "  - {name: r, path: a.tif, region: [9, 9, 9, 9], split: train}\n")
                        .slides()
                        .size(),
                "within a split overlap is no leak");
    }

    @Test
    void aSlideIsReplacedByNameAndAnUnknownNameListsTheKnown() throws IOException {
        // given
        Manifest manifest = read(HEAD + ONE);
        // when
        Manifest changed = manifest.with(SlideEntry.of("a", "new.tif", null, Split.TEST))
                .with(SlideEntry.of("b", "b.tif", null, Split.TEST));
        // then
        assertEquals(
                List.of("new.tif", "b.tif"),
                changed.slides().stream().map(SlideEntry::path).toList());
        String message =
                assertThrows(InputException.class, () -> changed.slide("c")).getMessage();
        assertTrue(message.contains("a, b"), message);
    }

    static List<Arguments> badManifests() {
        String sha = "0".repeat(64);
        return List.of(
                bad(
                        "unknown key",
                        HEAD + "  - {name: a, path: a.tif, split: train, mmp: 1}\n",
                        "line 4",
                        "unknown key 'mmp'",
                        "mpp, name"),
                bad(
                        "unknown key at the top",
                        "colour: red\n" + HEAD + ONE,
                        "line 1",
                        "unknown key 'colour'",
                        "known: "),
                bad(
                        "absolute path",
                        HEAD + "  - name: a\n    path: /etc/passwd\n    split: train\n",
                        "line 5",
                        "slides[0].path",
                        "relative"),
                bad("windows path", HEAD + "  - {name: a, path: 'C:/x.tif', split: train}\n", "slides[0].path"),
                bad("backslashes", HEAD + "  - {name: a, path: 'x\\..\\y.tif', split: train}\n", "slides[0].path"),
                bad(
                        "path leaves the root",
                        HEAD + "  - {name: a, path: d/../../a.tif, split: train}\n",
                        "slides[0].path",
                        "'..'"),
                bad(
                        "annotation leaves the root",
                        HEAD + "  - {name: a, path: a, annotation: ../m, split: train}\n",
                        "slides[0].annotation"),
                bad(
                        "leak, whole file",
                        HEAD + ONE + "  - {name: b, path: d/a.tif, split: test}\n",
                        "line 5",
                        "a (train)",
                        "b (test)"),
                bad(
                        "leak, regions",
                        HEAD
                                + "  - {name: a, path: a, region: [0, 0, 9, 9], split: validation}\n"
                                + "  - {name: b, path: a, region: [8, 8, 9, 9], split: test}\n",
                        "slides[1].region",
                        "must not overlap"),
                bad(
                        "leak, same bytes",
                        HEAD
                                + "  - {name: a, path: a, sha256: " + "'" + sha + "'" + ", split: train}\n"
                                + "  - {name: b, path: b, sha256: " + "'" + sha + "'" + ", split: test}\n",
                        "must not overlap"),
                bad("no slides", "name: s\nbase: {mpp: 1}\nslides: []\n", "line 3", "at least one slide"),
                bad("slides missing", "name: s\nbase: {mpp: 1}\n", "slides", "at least one slide"),
                bad("an empty slide", HEAD + "  - \n", "slides"),
                bad("a slide that is a word", HEAD + "  - a.tif\n", "slides[0]", "name, path and split"),
                bad("slides that are a word", "name: s\nbase: {mpp: 1}\nslides: all\n", "line 3", "slides"),
                bad(
                        "duplicate names",
                        HEAD + ONE + "  - {name: A, path: b.tif, split: train}\n",
                        "line 5",
                        "slides[1].name",
                        "slides[0]"),
                bad(
                        "duplicate keys",
                        HEAD + "  - {name: a, path: a, path: b, split: train}\n",
                        "line 4",
                        "'path'",
                        "twice"),
                bad("mpp 0", HEAD + "  - {name: a, path: a, mpp: 0, split: train}\n", "slides[0].mpp", "0.0"),
                bad("mpp NaN", HEAD + "  - {name: a, path: a, mpp: .nan, split: train}\n", "slides[0].mpp"),
                bad("mpp infinite", HEAD + "  - {name: a, path: a, mpp: .inf, split: train}\n", "slides[0].mpp"),
                bad(
                        "mpp negative",
                        HEAD + "  - {name: a, path: a, mpp: -0.5, split: train}\n",
                        "slides[0].mpp",
                        "-0.5"),
                bad(
                        "mpp in words",
                        HEAD + "  - {name: a, path: a, mpp: half, split: train}\n",
                        "slides[0].mpp",
                        "half"),
                bad(
                        "region outside",
                        HEAD + "  - {name: a, path: a, region: [-1, 0, 5, 5], split: train}\n",
                        "slides[0].region"),
                bad(
                        "region empty",
                        HEAD + "  - {name: a, path: a, region: [0, 0, 0, 5], split: train}\n",
                        "slides[0].region"),
                bad(
                        "region beyond int",
                        HEAD + "  - {name: a, path: a, region: [2147483647, 0, 5, 5], split: train}\n",
                        "slides[0].region"),
                bad(
                        "region far beyond int",
                        HEAD + "  - {name: a, path: a, region: [99999999999, 0, 5, 5], split: train}\n",
                        "slides[0].region"),
                bad(
                        "region of three",
                        HEAD + "  - {name: a, path: a, region: [0, 0, 5], split: train}\n",
                        "slides[0].region",
                        "four"),
                bad(
                        "region of words",
                        HEAD + "  - {name: a, path: a, region: left, split: train}\n",
                        "slides[0].region"),
                bad(
                        "region of fractions",
                        HEAD + "  - {name: a, path: a, region: [0.5, 0, 5, 5], split: train}\n",
                        "slides[0].region"),
                bad(
                        "unknown split",
                        HEAD + "  - {name: a, path: a, split: training}\n",
                        "slides[0].split",
                        "train, validation, test"),
                bad("split missing", HEAD + "  - {name: a, path: a}\n", "slides[0].split", "missing"),
                bad("name missing", HEAD + "  - {path: a, split: test}\n", "slides[0].name", "missing"),
                bad("name with a slash", HEAD + "  - {name: a/b, path: a, split: test}\n", "slides[0].name"),
                bad("path missing", HEAD + "  - {name: a, split: test}\n", "slides[0].path", "missing"),
                bad("path is a folder", HEAD + "  - {name: a, path: d/, split: test}\n", "slides[0].path"),
                bad(
                        "normal with lesions",
                        HEAD + "  - {name: a, path: a, annotation: b, normal: true, split: test}\n",
                        "slides[0].normal"),
                bad(
                        "generate without seed",
                        HEAD + "  - {name: a, path: a.tif, annotation: a.xml, mpp: 1, split: test,"
                                + " generate: {width: 512, height: 512}}\n",
                        "slides[0].seed"),
                bad(
                        "generate and url",
                        HEAD + "  - {name: a, path: a.tif, annotation: a.xml, mpp: 1, seed: 1, split: test,"
                                + " url: 'http://a/b', generate: {width: 512, height: 512}}\n",
                        "slides[0].url"),
                bad(
                        "generate an impossible slide",
                        HEAD + "  - {name: a, path: a.tif, annotation: a.xml, mpp: 1, seed: 1, split: test,"
                                + " generate: {width: 16, height: 512}}\n",
                        "slides[0].generate",
                        "16 x 512"),
                bad(
                        "generate a JPEG",
                        HEAD + "  - {name: a, path: a.jpg, annotation: a.xml, mpp: 1, seed: 1, split: test,"
                                + " generate: {width: 512, height: 512}}\n",
                        "slides[0].path",
                        ".tif"),
                bad(
                        "generate a word",
                        HEAD + "  - {name: a, path: a.tif, split: test, generate: yes}\n",
                        "slides[0].generate",
                        "width"),
                bad("base missing", "name: s\nslides:\n" + ONE, "base", "missing"),
                bad(
                        "base both",
                        "name: s\nbase: {mpp: 1, downsample: 4}\nslides:\n" + ONE,
                        "line 2: base: expected",
                        "both"),
                bad("base none", "name: s\nbase: {}\nslides:\n" + ONE, "none"),
                bad("base 0.5", "name: s\nbase: {downsample: 0.5}\nslides:\n" + ONE, "base.downsample"),
                bad("base is a number", "name: s\nbase: 1.0\nslides:\n" + ONE, "line 2", "base"),
                bad("bytes 0", HEAD + "  - {name: a, path: a, bytes: 0, split: test}\n", "slides[0].bytes"),
                bad("bytes 1.5", HEAD + "  - {name: a, path: a, bytes: 1.5, split: test}\n", "slides[0].bytes"),
                bad(
                        "sha256 short",
                        HEAD + "  - {name: a, path: a, sha256: abc, split: test}\n",
                        "slides[0].sha256",
                        "64"),
                bad(
                        "file URL",
                        HEAD + "  - {name: a, path: a, url: 'file:///etc/passwd', split: test}\n",
                        "slides[0].url",
                        "http"),
                bad("broken URL", HEAD + "  - {name: a, path: a, url: 'http://a b', split: test}\n", "slides[0].url"),
                bad(
                        "annotation size without annotation",
                        HEAD + "  - {name: a, path: a, annotation_bytes: 4, split: test}\n",
                        "annotation_bytes"),
                bad("YAML bomb", bomb(), "line 1", "anchor"),
                bad("alias without anchor", HEAD + "  - {name: *x, path: a, split: test}\n", "line 4", "alias"),
                bad(
                        "type tag",
                        "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://example.org\"]]\n",
                        "line 1",
                        "type tag",
                        "javax"),
                bad("type tag inside", HEAD + "  - !!java.io.File [a]\n", "line 4", "type tag"),
                bad(
                        "type tag on a word",
                        "name: !!java.io.File a\nbase: {mpp: 1}\nslides:\n" + ONE,
                        "line 1",
                        "type tag"),
                bad("two documents", HEAD + ONE + "---\nname: b\n", "line 5", "second document"),
                bad("deep nesting", "name: " + "[".repeat(100_000), "line 1", "nesting"),
                bad("broken YAML", HEAD + "  - {name: a\n", "line", "not valid YAML"),
                bad("tab", "name: a\nbase:\n\tmpp: 1\n", "line 3", "not valid YAML"),
                bad("binary", "name: \u0000\u0001\n", "not valid YAML"),
                bad("empty file", "", "empty file"),
                bad("only a comment", "# nothing\n", "no keys"),
                bad("only a word", "hello\n", "expected a YAML manifest"),
                bad("a list", "- a\n- b\n", "expected a YAML manifest"),
                bad("HTML", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "found HTML"));
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("name: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("k").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(8))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        return text.toString();
    }

    private static Arguments bad(String what, String yaml, String... parts) {
        return Arguments.of(what, yaml, List.of(parts));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badManifests")
    void aBadManifestGivesOneLineThatNamesFileAndFault(String what, String yaml, List<String> parts)
            throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("bad.yaml"), yaml);
        // when
        InputException failure = assertThrows(InputException.class, () -> Manifest.read(file), what);
        // then
        String message = failure.getMessage();
        assertAll(
                () -> assertTrue(message.contains("bad.yaml"), message),
                () -> assertEquals(1, message.lines().count(), message),
                () -> assertFalse(message.contains("slidefield.data"), message),
                () -> assertTrue(message.length() < 600, message),
                () -> assertAll(parts.stream()
                        .map(part -> () -> assertTrue(message.contains(part), part + " is not in: " + message))));
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAndAMarkAtTheStartIsNot() throws IOException {
        // given
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, ("# h\u00e9\n" + HEAD + ONE).getBytes(StandardCharsets.ISO_8859_1));
        // when
        String message =
                assertThrows(InputException.class, () -> Manifest.read(latin)).getMessage();
        // then
        assertTrue(message.contains("UTF-8"), message);
        assertEquals("set", read("\uFEFF" + HEAD + ONE).name());
    }

    @Test
    void filesThatCannotBeManifestsAreNamed() throws IOException {
        // given
        Path huge = folder.resolve("huge.yaml");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        // when / then
        for (Path path : List.of(huge, folder, folder.resolve("absent.yaml"))) {
            String message = assertThrows(InputException.class, () -> Manifest.read(path))
                    .getMessage();
            assertTrue(message.contains(path.toString()), message);
        }
    }

    @Test
    void tensOfThousandsOfSlidesAreCheckedQuickly() throws IOException {
        // given
        StringBuilder yaml = new StringBuilder(HEAD);
        for (int i = 0; i < 20_000; i++) {
            yaml.append("  - {name: s").append(i).append(", path: d/").append(i).append(".tif, split: train}\n");
        }
        // when
        long start = System.nanoTime();
        int slides = read(yaml.toString()).slides().size();
        // then
        assertEquals(20_000, slides);
        assertTrue(System.nanoTime() - start < 20e9, "took " + (System.nanoTime() - start) / 1e9 + " s");
    }

    @Test
    void aRegionKnowsWhetherItLiesInASlide() {
        // given
        Region region = new Region(10, 20, 30, 40);
        // when / then
        region.checkInside("s", 40, 60);
        assertTrue(assertThrows(InputException.class, () -> region.checkInside("s", 39, 60))
                .getMessage()
                .contains("39 x 60"));
        assertThrows(InputException.class, () -> region.checkInside("s", 40, 59));
    }
}
