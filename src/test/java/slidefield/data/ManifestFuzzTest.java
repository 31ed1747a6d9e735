package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;

/** Whatever bytes a manifest holds, it is a manifest or refused; and what is written reads back equal. */
class ManifestFuzzTest {
    private static final String VALID = "name: set\ndescription: two\nbase: {mpp: 1.0}\nlicence: CC0-1.0\n"
            + "tissues: [{name: stroma, value: 2}, {name: fat, value: 9}]\nslides:\n"
            + "  - name: a\n    path: d/a.tif\n    mpp: 0.25\n    region: [0, 0, 100, 200]\n"
            + "    annotation: d/a.xml\n    split: train\n    url: https://example.org/a\n    bytes: 5000\n"
            + "    sha256: " + "0a".repeat(32) + "\n    annotation_bytes: 7\n"
            + "  - {name: b, path: b.tif, annotation: b.xml, mpp: 1, seed: 5, split: test, generate: {width: 512,"
            + " height: 300, lesionFraction: 0.2}}\n  - {name: c, path: c.tif, normal: true, split: validation, label: -0.5, fold: 3,"
            + " tissue_mask: {path: m.png, url: 'https://example.org/m', bytes: 3}}\n";

    private static final List<String> WORDS = List.of(
            "!!javax.script.ScriptEngineManager ",
            "!!java.io.File ",
            "!!binary ",
            "&a ",
            "*a ",
            "<<: ",
            "null",
            "~",
            "true",
            ".nan",
            ".inf",
            "-1",
            "0",
            "1e999",
            "99999999999999999999",
            "9".repeat(1200),
            "0x7fffffff",
            "2026-01-01",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "\n",
            "\n---\n",
            "\n...\n",
            "%YAML 9.9\n",
            "? ",
            "| ",
            ">-\n",
            "\"",
            "'",
            "#",
            "\t",
            "\u0000",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "\uD83D\uDE00",
            "[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{a: ".repeat(30),
            "name: ",
            "path: ../",
            "split: ",
            "slides: ",
            "tissues: ",
            "tissue_mask: ",
            "region: ",
            "generate: ",
            "\\",
            "\r");

    /** Inputs that once were neither read nor refused. */
    private static final List<String> KEPT = List.of();

    private static final Reader MANIFESTS = new Reader("yaml", Manifest::read);
    private static final Reader SYNTHETIC = new Reader("yaml", SyntheticManifest::read);
    private static final Reader RECORDS = new Reader("tif", file -> {
        Files.move(file, Origin.file(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Origin.of(file);
    });

    @Provide
    Arbitrary<Spoilt> manifests() {
        return Spoilt.arbitrary(WORDS, VALID.getBytes(StandardCharsets.UTF_8));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesAreAManifestOrRefused(@ForAll("manifests") Spoilt spoilt) {
        MANIFESTS.check(spoilt);
    }

    @Example
    void theKeptCasesAreManifestsOrRefused() {
        MANIFESTS.check(new Spoilt(VALID.getBytes(StandardCharsets.UTF_8)));
        KEPT.forEach(kept -> MANIFESTS.check(Spoilt.of(kept)));
    }

    @Provide
    Arbitrary<Spoilt> synthetic() {
        return Spoilt.arbitrary(
                WORDS,
                ("name: digits\ndescription: many\nsource: http://a/b\nsize: 450\ndensity: 0.006\nshrink: 50\n"
                                + "training: 5000\ntest: 100\nshift: 3\nseed: -1\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 5_000, small = 100)
    void anyBytesAreASyntheticManifestOrRefused(@ForAll("synthetic") Spoilt spoilt) {
        SYNTHETIC.check(spoilt);
    }

    @Provide
    Arbitrary<Spoilt> records() {
        return Spoilt.arbitrary(
                WORDS,
                "{\"source\": \"http://a/b\", \"bytes\": 5, \"sha256\": \"0a\", \"version\": \"1\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 5_000, small = 100)
    void anyBytesAreARecordOfOriginOrNone(@ForAll("records") Spoilt spoilt) {
        RECORDS.check(spoilt);
    }

    /** Names and texts that YAML might take for something else. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "007",
                        "1e5",
                        "true",
                        "null",
                        "no",
                        "0x1F",
                        "1_000",
                        "2026-01-01",
                        "~",
                        "- a",
                        "a: b",
                        "#",
                        "!!x"),
                Arbitraries.strings()
                        .withCharRange(' ', '\uD7FF')
                        .ofMinLength(1)
                        .ofMaxLength(40));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("007", "1e5", "true", "null", "no", "0x1F", "1_000", "2026-01-01"),
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars("_-.0")
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .map(n -> "n" + n));
    }

    private static Arbitrary<String> labels() {
        return texts().filter(text -> text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl))
                .injectNull(0.5);
    }

    private static Arbitrary<TissueMask> tissueMasks() {
        return Combinators.combine(
                        names(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE).injectNull(0.3),
                        Arbitraries.of("0a".repeat(32), "9".repeat(64)).injectNull(0.5))
                .as((path, bytes, sha256) -> new TissueMask(path, null, bytes, sha256))
                .injectNull(0.5);
    }

    private static Arbitrary<List<TissueClass>> tissues() {
        return labels().filter(name -> name != null)
                .list()
                .uniqueElements()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(names -> {
                    List<TissueClass> classes = new ArrayList<>();
                    for (int i = 0; i < names.size(); i++) {
                        classes.add(new TissueClass(names.get(i), 255 - 7 * i));
                    }
                    return classes;
                });
    }

    private static SlideEntry entry(String licence, String label, Integer fold, TissueMask tissueMask) {
        return new SlideEntry(
                "n",
                "p",
                null,
                null,
                null,
                Split.TEST,
                null,
                null,
                null,
                licence,
                null,
                null,
                null,
                null,
                null,
                null,
                label,
                fold,
                tissueMask);
    }

    @Provide
    Arbitrary<Manifest> valid() {
        Arbitrary<SlideEntry> entry = Combinators.combine(
                        names(),
                        names().list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("/", parts)),
                        Arbitraries.doubles().between(0.001, 100).ofScale(5).injectNull(0.3),
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 1 << 20),
                                        Arbitraries.integers().between(0, 1 << 20),
                                        Arbitraries.integers().between(1, 1 << 20),
                                        Arbitraries.integers().between(1, 1 << 20))
                                .as(Region::new)
                                .injectNull(0.5),
                        Arbitraries.of(Split.class),
                        Arbitraries.longs().between(1, Long.MAX_VALUE).injectNull(0.3),
                        Combinators.combine(
                                        texts().injectNull(0.3),
                                        labels(),
                                        Arbitraries.integers().between(0, 99).injectNull(0.5),
                                        tissueMasks())
                                .as(ManifestFuzzTest::entry),
                        Arbitraries.longs().injectNull(0.5))
                .as((name, path, mpp, region, split, bytes, others, seed) -> new SlideEntry(
                        name,
                        path,
                        mpp,
                        region,
                        null,
                        split,
                        null,
                        bytes,
                        null,
                        others.licence(),
                        null,
                        null,
                        null,
                        seed,
                        null,
                        null,
                        others.label(),
                        others.fold(),
                        others.tissueMask()));
        return Combinators.combine(
                        names(),
                        texts().injectNull(0.3),
                        Arbitraries.oneOf(
                                Arbitraries.doubles()
                                        .between(0.001, 100)
                                        .ofScale(5)
                                        .map(Base::ofMpp),
                                Arbitraries.doubles().between(1, 65536).map(Base::ofDownsample)),
                        texts().injectNull(0.3),
                        tissues(),
                        entry.list().ofMinSize(1).ofMaxSize(5))
                .as((name, description, base, source, tissues, entries) -> {
                    List<SlideEntry> unlike = new ArrayList<>();
                    for (int i = 0; i < entries.size(); i++) {
                        SlideEntry e = entries.get(i);
                        unlike.add(new SlideEntry(
                                e.name() + "-" + i,
                                i + "/" + e.path(),
                                e.mpp(),
                                e.region(),
                                null,
                                e.split(),
                                null,
                                e.bytes(),
                                null,
                                e.licence(),
                                null,
                                null,
                                null,
                                e.seed(),
                                null,
                                null,
                                e.label(),
                                e.fold(),
                                e.tissueMask()));
                    }
                    boolean masked = unlike.stream().anyMatch(e -> e.tissueMask() != null);
                    return new Manifest(
                            name, description, base, source, null, null, masked ? tissues : List.of(), unlike);
                });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 5_000, small = 50)
    void whatIsWrittenReadsBackEqual(@ForAll("valid") Manifest manifest) throws IOException {
        Path file = Files.createTempFile("manifest", ".yaml");
        try {
            // when
            manifest.write(file);
            // then
            assertEquals(manifest, Manifest.read(file), () -> ManifestYaml.class + " wrote what it reads otherwise");
        } finally {
            Files.delete(file);
        }
    }

    @AfterContainer
    static void say() {
        System.out.println("manifests: " + MANIFESTS + "; records of origin: " + RECORDS);
    }
}
