package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.slide.PhantomSlide;

/** The manifests of the project: what they say of their data sets. */
class DataManifestsTest {
    private static final Path FOLDER = Path.of("data-manifests");

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void itSaysWhatItIs(Path file) {
        // when
        Manifest manifest = Manifest.read(file);
        // then
        assertEquals(file.getFileName().toString(), manifest.name() + ".yaml");
        boolean challenge = manifest.name().startsWith("tupac16");
        assertEquals(challenge ? "CC-BY-3.0" : "CC0-1.0", manifest.licence());
        assertFalse(manifest.description().isBlank());
        assertFalse(manifest.split(Split.TRAIN).isEmpty());
        assertFalse(manifest.split(Split.TEST).isEmpty());
        for (SlideEntry slide : manifest.slides()) {
            assertTrue(challenge || slide.annotation() != null || slide.withoutLesions(), slide.name());
        }
    }

    private static List<String> names(Manifest manifest, Split split) {
        return manifest.split(split).stream().map(SlideEntry::name).toList();
    }

    private static List<String> table(String name) throws IOException {
        Optional<Path> file = DataRoot.find().existing("camelyon16/" + name);
        assumeTrue(file.isPresent(), "no camelyon16/" + name + " in the data root; set SLIDEFIELD_DATA");
        return Files.readAllLines(file.get());
    }

    private static void assertAtCamelyon16(SlideEntry slide) {
        String bucket = "https://camelyon-dataset.s3.us-west-2.amazonaws.com/CAMELYON16/";
        assertEquals(bucket + "images/" + slide.name() + ".tif", slide.url());
        assertEquals("camelyon16/images/" + slide.name() + ".tif", slide.path());
        if (slide.withoutLesions()) {
            assertNull(slide.annotationUrl());
        } else {
            assertEquals(bucket + "annotations/" + slide.name() + ".xml", slide.annotationUrl());
        }
    }

    @Test
    void theMacroSlidesAreThoseOfThePaper() throws IOException {
        // given
        Manifest manifest = Manifest.read(FOLDER.resolve("camelyon16-macro.yaml"));
        // when / then
        assertEquals(39, manifest.split(Split.TRAIN).size());
        assertEquals(22, manifest.split(Split.TEST).size());
        assertEquals(Base.ofDownsample(16), manifest.base());
        manifest.slides().forEach(DataManifestsTest::assertAtCamelyon16);
        List<String> rows = table("wsi_inr_split.csv");
        for (Split split : List.of(Split.TRAIN, Split.TEST)) {
            assertEquals(
                    rows.stream()
                            .filter(row -> row.contains("," + split.word() + ","))
                            .map(row -> row.substring(0, row.indexOf(',')))
                            .toList(),
                    names(manifest, split));
        }
    }

    private static String order(String set, String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((set + "/" + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    @Test
    void theSlidesOfTheMultiResolutionPaperAreDrawnAsDescribed() throws IOException {
        // given
        Manifest manifest = Manifest.read(FOLDER.resolve("camelyon16-mrn.yaml"));
        List<String> training = names(manifest, Split.TRAIN);
        List<String> validation = names(manifest, Split.VALIDATION);
        // when / then
        assertEquals(199, training.size());
        assertEquals(50, validation.size());
        assertEquals(128, manifest.split(Split.TEST).size());
        manifest.slides().forEach(DataManifestsTest::assertAtCamelyon16);
        List<String> drawn = Stream.concat(training.stream(), validation.stream())
                .sorted(Comparator.comparing(name -> order("camelyon16-mrn", name)))
                .toList();
        assertEquals(
                training.stream().sorted().toList(),
                drawn.subList(0, 199).stream().sorted().toList());
        List<String> partly = table("non_exhaustive.txt");
        List<String> expected = table("reference.csv").stream()
                .skip(1)
                .map(row -> row.substring(0, row.indexOf('.')))
                .filter(name -> !partly.contains(name) && !name.equals("tumor_111"))
                .toList();
        assertEquals(
                expected.stream().sorted().toList(),
                manifest.slides().stream().map(SlideEntry::name).sorted().toList());
        for (String row : table("reference.csv")) {
            String[] cells = row.split(",");
            String name = cells[0].replace(".tif", "");
            if (expected.contains(name)) {
                assertEquals(cells[1].equals("normal"), manifest.slide(name).withoutLesions(), name);
            }
        }
    }

    /** As described: names in the order of a checksum, the first ones of each kind set aside, the others dealt to folds. */
    private static void assertDealt(Manifest folds, String set, List<String> aside) {
        List<String> others = folds.slides().stream()
                .filter(slide -> slide.fold() != null)
                .map(SlideEntry::name)
                .sorted(Comparator.comparing(name -> order(set, name)))
                .toList();
        assertEquals(List.of(0, 1, 2, 3), folds.folds());
        for (int i = 0; i < others.size(); i++) {
            assertEquals(i % 4, folds.slide(others.get(i)).fold(), others.get(i));
        }
        assertTrue(aside.stream().noneMatch(others::contains), "a slide is in both manifests");
    }

    private static void assertParts(Manifest encoders, List<String> ordered, int train, int validation) {
        for (int i = 0; i < ordered.size(); i++) {
            Split expected = i < train ? Split.TRAIN : i < train + validation ? Split.VALIDATION : Split.TEST;
            assertEquals(expected, encoders.slide(ordered.get(i)).split(), ordered.get(i));
        }
    }

    @Test
    void theCamelyonSlidesOfNeuralImageCompressionAreDealtAsDescribed() throws IOException {
        // given
        Manifest encoders = Manifest.read(FOLDER.resolve("camelyon16-nic-encoders.yaml"));
        Manifest folds = Manifest.read(FOLDER.resolve("camelyon16-nic.yaml"));
        // when / then
        assertEquals(60, encoders.slides().size());
        assertEquals(339, folds.slides().size());
        assertEquals(129, folds.split(Split.TEST).size());
        assertTrue(encoders.folds().isEmpty());
        assertEquals(84, folds.fold(3).size());
        Stream.concat(encoders.slides().stream(), folds.slides().stream())
                .forEach(DataManifestsTest::assertAtCamelyon16);
        assertDealt(
                folds,
                "camelyon16-nic",
                encoders.slides().stream().map(SlideEntry::name).toList());
        List<String> partly = table("non_exhaustive.txt");
        List<String> rows = table("reference.csv");
        for (boolean normal : new boolean[] {true, false}) {
            List<String> ordered = rows.stream()
                    .skip(1)
                    .filter(row -> row.contains(",normal,") == normal && !row.startsWith("test"))
                    .map(row -> row.substring(0, row.indexOf('.')))
                    .filter(name -> !partly.contains(name))
                    .sorted(Comparator.comparing(name -> order("camelyon16-nic", name)))
                    .limit(30)
                    .toList();
            assertParts(encoders, ordered, 15, 3);
        }
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            String name = cells[0].replace(".tif", "");
            Manifest of =
                    encoders.slides().stream().anyMatch(slide -> slide.name().equals(name)) ? encoders : folds;
            assertEquals(cells[2], of.slide(name).label(), name);
            assertEquals(cells[1].equals("normal"), of.slide(name).withoutLesions(), name);
            assertEquals(name.startsWith("test"), of == folds && of.slide(name).split() == Split.TEST, name);
        }
    }

    @Test
    void theProliferationSlidesAreDealtAsDescribed() throws IOException {
        // given
        Manifest encoders = Manifest.read(FOLDER.resolve("tupac16-nic-encoders.yaml"));
        Manifest folds = Manifest.read(FOLDER.resolve("tupac16-nic.yaml"));
        // when / then
        assertEquals(460, folds.split(Split.TRAIN).size());
        assertEquals(321, folds.split(Split.TEST).size());
        assertTrue(folds.split(Split.TEST).stream().allMatch(slide -> slide.fold() == null));
        List<String> ordered = encoders.slides().stream()
                .map(SlideEntry::name)
                .sorted(Comparator.comparing(name -> order("tupac16-nic", name)))
                .toList();
        assertEquals(40, ordered.size());
        assertParts(encoders, ordered, 20, 4);
        assertDealt(folds, "tupac16-nic", ordered);
        String last = order("tupac16-nic", ordered.get(39));
        assertTrue(folds.split(Split.TRAIN).stream()
                .allMatch(slide -> order("tupac16-nic", slide.name()).compareTo(last) > 0));
    }

    private static long labelled(List<SlideEntry> slides, String label) {
        return slides.stream().filter(slide -> slide.label().equals(label)).count();
    }

    @Test
    void theLabelledPhantomsAreDealtEvenly() {
        // given
        Manifest folds = Manifest.read(FOLDER.resolve("phantom-nic.yaml"));
        Manifest encoders = Manifest.read(FOLDER.resolve("phantom-nic-encoders.yaml"));
        // when / then
        assertEquals(List.of(0, 1, 2, 3), folds.folds());
        for (int fold : folds.folds()) {
            assertEquals(8, labelled(folds.fold(fold), "negative"));
            assertEquals(4, labelled(folds.fold(fold), "micro"));
            assertEquals(4, labelled(folds.fold(fold), "macro"));
        }
        assertEquals(24, folds.split(Split.TEST).size());
        assertEquals(12, labelled(folds.split(Split.TEST), "negative"));
        assertEquals(6, labelled(folds.split(Split.TEST), "macro"));
        for (SlideEntry slide : folds.slides()) {
            double share = slide.generate().lesionFraction();
            assertEquals(slide.label().equals("negative"), slide.withoutLesions());
            assertEquals(slide.label().equals("negative"), share == 0);
            assertEquals(slide.label().equals("micro"), share > 0 && share <= 0.03);
        }
        for (Split split : Split.values()) {
            List<SlideEntry> of = encoders.split(split);
            assertEquals(of.size(), 2 * labelled(of, "negative"));
        }
        assertEquals(10, encoders.split(Split.TRAIN).size());
        assertEquals(2, encoders.split(Split.VALIDATION).size());
    }

    @Test
    void theNumbersOfTheRegressionPhantomsAreTheShareOfLesions() {
        Manifest manifest = Manifest.read(FOLDER.resolve("phantom-nic-regression.yaml"));
        assertEquals(40, manifest.split(Split.TRAIN).size());
        assertEquals(10, manifest.fold(3).size());
        assertTrue(manifest.split(Split.TEST).stream().allMatch(slide -> slide.fold() == null));
        for (SlideEntry slide : manifest.slides().subList(0, 6)) {
            PhantomSlide drawn = new PhantomSlide(slide.generate().options(slide.mpp(), slide.seed()));
            assertEquals(drawn.lesionFraction(), slide.labelNumber(), 0.0006, slide.name());
        }
    }

    @Test
    void noSeedIsUsedTwice() throws IOException {
        List<Long> seeds = manifests().stream()
                .map(Manifest::read)
                .flatMap(manifest -> manifest.slides().stream())
                .map(SlideEntry::seed)
                .filter(Objects::nonNull)
                .toList();
        assertEquals(148, seeds.size());
        assertEquals(148, Set.copyOf(seeds).size());
    }

    @Test
    void thePhantomsHaveSeedsOfTheirOwn() {
        // given
        Manifest manifest = Manifest.read(FOLDER.resolve("phantom.yaml"));
        // when / then
        assertEquals(6, manifest.split(Split.TRAIN).size());
        assertEquals(2, manifest.split(Split.VALIDATION).size());
        assertEquals(4, manifest.split(Split.TEST).size());
        assertEquals(
                IntStream.rangeClosed(1, 12).mapToObj(i -> (long) i).toList(),
                manifest.slides().stream().map(SlideEntry::seed).toList());
        assertTrue(manifest.slides().stream().allMatch(slide -> slide.generate() != null));
    }
}
