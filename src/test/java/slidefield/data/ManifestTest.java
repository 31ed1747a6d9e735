package slidefield.data;

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
                + " generate: {width: 512, height: 300, lesionFraction: 0.2}}\n"
                + "  - {name: c, path: c.tif, normal: true, mpp: 1, seed: 6, split: test,"
                + " generate: {width: 512, height: 300, lesionFraction: 0}}\n");
        Path file = folder.resolve("again.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, Manifest.read(file));
        assertTrue(manifest.slide("a").withoutLesions());
        assertFalse(manifest.slide("b").withoutLesions());
        assertTrue(manifest.slide("c").withoutLesions());
        assertEquals(new Generate(512, 300, 0.2), manifest.slide("b").generate());
    }

    @Test
    void labelsAndFoldsReadBackEqual() throws IOException {
        // given
        Manifest manifest = read(HEAD
                + "  - {name: a, path: a.tif, label: macro, fold: 2, split: train}\n"
                + "  - {name: b, path: b.tif, label: -0.5, fold: 0, split: test}\n"
                + "  - {name: c, path: c.tif, label: '1', split: test}\n"
                + "  - {name: d, path: d.tif, fold: 2, split: test}\n");
        Path file = folder.resolve("again.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, Manifest.read(file));
        assertEquals(List.of(0, 2), manifest.folds());
        assertEquals(
                List.of("a", "d"),
                manifest.fold(2).stream().map(SlideEntry::name).toList());
        assertEquals("macro", manifest.slide("a").label());
        assertEquals(-0.5, manifest.slide("b").labelNumber());
        assertEquals(1, manifest.slide("c").labelNumber());
        SlideEntry validated = manifest.slide("a").with(Split.VALIDATION);
        assertEquals(2, validated.fold());
        assertEquals("micro", validated.withLabel("micro").label());
        assertTrue(assertThrows(InputException.class, () -> validated.labelNumber())
                .getMessage()
                .contains("'macro'"));
        assertTrue(assertThrows(InputException.class, () -> manifest.slide("d").labelNumber())
                .getMessage()
                .contains("missing"));
        assertThrows(InputException.class, () -> validated.withLabel("Infinity").labelNumber());
    }

    @Test
    void tissuesAndTheirMasksReadBackEqualAndAreFetched() throws IOException {
        // given
        String sha = "0a".repeat(32);
        Manifest manifest = read("tissues:\n  - {name: necrosis, value: 4}\n  - {name: '2', value: 0}\n" + HEAD
                + "  - {name: a, path: a.tif, tissue_mask: {path: ./m//a.png, bytes: 7, sha256: " + sha
                + ", url: 'https://example.org/m'}, split: train}\n"
                + "  - {name: b, path: b.tif, split: test}\n");
        Path file = folder.resolve("again.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, Manifest.read(file));
        assertEquals(List.of(new TissueClass("necrosis", 4), new TissueClass("2", 0)), manifest.tissues());
        TissueMask mask = new TissueMask("m/a.png", "https://example.org/m", 7L, sha);
        assertEquals(mask, manifest.slide("a").with(Split.TEST).tissueMask());
        assertEquals(
                List.of(
                        new FetchItem("a.tif", null, null, null, null),
                        new FetchItem(mask.path(), mask.url(), mask.bytes(), mask.sha256(), null),
                        new FetchItem("b.tif", null, null, null, null)),
                FetchItem.of(manifest, List.of(), List.of()));
        // and what is made of it has them too
        assertEquals(manifest.tissues(), manifest.with(Base.ofMpp(2)).tissues());
        assertEquals(
                manifest.tissues(),
                manifest.withSlides(manifest.split(Split.TRAIN)).tissues());
        // when a file is asked for
        DataRoot data = DataRoot.of(folder);
        assertTrue(data.tissueMask(manifest.slide("b")).isEmpty());
        assertTrue(assertThrows(InputException.class, () -> data.tissueMask(manifest.slide("a")))
                .getMessage()
                .contains("'slidefield fetch'"));
        assertFalse(Files.readString(file).contains("null"));
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
