package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.io.InputException;

/** Manifests that should not be: one line that names the file, the line and the key. */
class BadManifestTest {
    private static final String HEAD = "name: set\nbase: {mpp: 1.0}\nslides:\n";
    private static final String ONE = "  - {name: a, path: d/a.tif, split: train}\n";

    @TempDir
    Path folder;

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
                bad(
                        "leak, folds",
                        HEAD
                                + "  - {name: a, path: a, fold: 0, split: train}\n"
                                + "  - {name: b, path: a, fold: 1, split: train}\n",
                        "b (train, fold 1)",
                        "must not overlap"),
                bad("fold -1", HEAD + "  - {name: a, path: a, fold: -1, split: test}\n", "slides[0].fold", "0 to 99"),
                bad("fold 100", HEAD + "  - {name: a, path: a, fold: 100, split: test}\n", "slides[0].fold", "100"),
                bad("fold 1.5", HEAD + "  - {name: a, path: a, fold: 1.5, split: test}\n", "slides[0].fold", "1.5"),
                bad("label blank", HEAD + "  - {name: a, path: a, label: ' ', split: test}\n", "slides[0].label"),
                bad(
                        "label of lines",
                        HEAD + "  - {name: a, path: a, label: \"a\\nb\", split: test}\n",
                        "slides[0].label"),
                bad("label list", HEAD + "  - {name: a, path: a, label: [1, 2], split: test}\n", "slides[0].label"),
                bad(
                        "tissue mask without tissues",
                        HEAD + ONE + "  - {name: b, path: b, tissue_mask: {path: m.png}, split: test}\n",
                        "line 5",
                        "slides[1].tissue_mask",
                        "tissues: [{name"),
                bad(
                        "one tissue",
                        "tissues: [{name: fat, value: 1}]\n" + HEAD + ONE,
                        "line 1",
                        "tissues",
                        "at least two"),
                bad(
                        "two tissues of one value",
                        "tissues:\n  - {name: fat, value: 1}\n  - {name: mucus, value: 1}\n" + HEAD + ONE,
                        "line 3",
                        "tissues[1]",
                        "fat with 1"),
                bad(
                        "two tissues of one name",
                        "tissues:\n  - {name: fat, value: 1}\n  - {name: fat, value: 2}\n" + HEAD + ONE,
                        "tissues[1]"),
                bad(
                        "tissue value 256",
                        "tissues:\n  - {name: fat, value: 256}\n  - {name: b, value: 2}\n" + HEAD + ONE,
                        "line 2",
                        "tissues[0].value",
                        "256"),
                bad(
                        "tissue without a value",
                        "tissues: [{name: fat}, {name: b, value: 2}]\n" + HEAD + ONE,
                        "tissues[0].value",
                        "missing"),
                bad(
                        "tissue without a name",
                        "tissues: [{value: 1}, {name: b, value: 2}]\n" + HEAD + ONE,
                        "tissues[0].name",
                        "missing"),
                bad(
                        "tissues that are words",
                        "tissues: [fat, stroma]\n" + HEAD + ONE,
                        "tissues[0]",
                        "{name: stroma, value: 2}"),
                bad("an empty tissue", "tissues:\n  - \n  - {name: b, value: 2}\n" + HEAD + ONE, "tissues"),
                bad(
                        "tissue mask that is a word",
                        HEAD + "  - {name: a, path: a, tissue_mask: m.png, split: test}\n",
                        "line 4",
                        "slides[0].tissue_mask",
                        "{path: set/mask.png}"),
                bad(
                        "tissue mask leaves the root",
                        HEAD + "  - {name: a, path: a, tissue_mask: {path: ../m.png}, split: test}\n",
                        "slides[0].tissue_mask.path",
                        "'..'"),
                bad(
                        "tissue mask with an unknown key",
                        HEAD + "  - {name: a, path: a, tissue_mask: {path: m.png, size: 3}, split: test}\n",
                        "unknown key 'size'"),
                bad(
                        "tissue mask of a slide that is drawn",
                        HEAD + "  - {name: a, path: a.tif, annotation: a.xml, mpp: 1, seed: 1, split: test,"
                                + " tissue_mask: {path: m.png}, generate: {width: 512, height: 512}}\n",
                        "slides[0].tissue_mask"),
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
}
