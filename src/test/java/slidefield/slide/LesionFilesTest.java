package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.real;
import static slidefield.slide.SlideTestData.refused;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LesionFilesTest {
    @TempDir
    Path folder;

    private final Slide slide = blank(100, 80);

    private static Slide blank(int width, int height) {
        return new ImageSlide(
                "blank", Pixels.filled(width, height, Pixels.WHITE), OptionalDouble.empty(), Pixels.WHITE);
    }

    /** A slide of any size that nobody reads. */
    private record Sized(int width, int height) implements Slide {
        @Override
        public String name() {
            return "sized";
        }

        @Override
        public List<Level> levels() {
            return List.of(new Level(width, height, 1));
        }

        @Override
        public OptionalDouble mpp() {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble objectivePower() {
            return OptionalDouble.empty();
        }

        @Override
        public Map<String, String> properties() {
            return Map.of();
        }

        @Override
        public Map<String, BufferedImage> associatedImages() {
            return Map.of();
        }

        @Override
        public BufferedImage read(int level, int x, int y, int w, int h) {
            throw new AssertionError("annotations need no pixels");
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Annotation open(String text) throws IOException {
        return (Annotation) Lesions.open(write("annotation.any", text), slide);
    }

    private static String asap(String... annotations) {
        return "<?xml version=\"1.0\"?><ASAP_Annotations><Annotations>" + String.join("", annotations)
                + "</Annotations><AnnotationGroups/></ASAP_Annotations>";
    }

    private static String square(String group, int x, int y, int side) {
        int[][] corners = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
        StringBuilder text = new StringBuilder(
                "<Annotation Name=\"a\" Type=\"Polygon\" PartOfGroup=\"" + group + "\"><Coordinates>");
        for (int i = 0; i < 4; i++) {
            text.append("<Coordinate Order=\"" + i + "\" X=\"" + corners[i][0] + "\" Y=\"" + corners[i][1] + "\"/>");
        }
        return text.append("</Coordinates></Annotation>").toString();
    }

    @ParameterizedTest
    @CsvSource({"_0,_2", "_1,_2", "Tumor,Exclusion", "Tumor,None", "metastases,normal"})
    void exclusionGroupsAreCutOutOfTumourGroups(String in, String out) throws IOException {
        Annotation lesions = open(asap(square(in, 10, 10, 40), square(out, 20, 20, 10)));
        assertEquals(40 * 40 - 10 * 10, lesions.geometry().getArea());
        byte[] mask = lesions.mask(View.downsampled(slide, 1), 0, 0, 100, 80);
        assertEquals(1, mask[15 * 100 + 15]);
        assertEquals(0, mask[25 * 100 + 25]);
        assertEquals(0, mask[5 * 100 + 5]);
        assertTrue(lesions.notice().isEmpty());
    }

    @Test
    void overlappingTumoursCountOnceAndUnknownGroupsAreReported() throws IOException {
        Annotation lesions =
                open(asap(square("Tumor", 10, 10, 20), square("Tumor", 20, 10, 20), square("Ink", 60, 60, 9)));
        assertEquals(30 * 20, lesions.geometry().getArea());
        assertTrue(lesions.notice().orElseThrow().contains("Ink"));
        Annotation only = open(asap(square("None", 10, 10, 20)));
        assertEquals(400, only.geometry().getArea());
        assertTrue(only.notice().orElseThrow().contains("None"));
    }

    @Test
    void aFileWithoutPolygonsIsEmpty() throws IOException {
        assertTrue(open(asap()).isEmpty());
        assertTrue(open("{\"type\": \"FeatureCollection\", \"features\": []}").isEmpty());
        assertTrue(open("{\"positive\": [], \"negative\": []}").isEmpty());
        assertEquals(0, open(asap()).mask(View.downsampled(slide, 2), 0, 0, 1, 1)[0]);
    }

    @Test
    void documentTypesAndEntitiesAreRefused() throws IOException {
        Path secret = write("secret.txt", "17");
        String attack = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + "<ASAP_Annotations>&x;</ASAP_Annotations>";
        refused(() -> open(attack), "DOCTYPE", "line 1");
        String laughs =
                "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><ASAP_Annotations>&b;</ASAP_Annotations>";
        refused(() -> open(laughs), "DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html></html>",
                "<ASAP_Annotations>",
                "{\"type\": \"Polygon\"",
                "{\"type\": \"Polygon\"}",
                "{\"type\": \"Topology\"}",
                "{\"a\": 1}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [\"x\", 3], [4, 5]]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [1e999, 3], [4, 5]]]}",
                "{\"positive\": [{\"name\": \"_0\"}]}",
                "[[[[[",
            })
    void damagedTextIsRefusedInOneLine(String text) {
        refused(() -> open(text), "annotation.any");
    }

    @Test
    void badCoordinatesNameTheirLine() {
        String bad =
                asap(square("Tumor", 1, 1, 5)).replace("X=\"6\"", "X=\"6,5\"").replace("<Coord", "\n<Coord");
        refused(() -> open(bad), "6,5", "line 4");
    }

    @Test
    void deepJsonIsRefusedWithoutAStackOverflow() {
        String deep = "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(900);
        refused(() -> open(deep), "JSON");
    }

    @Test
    void geoJsonOfEveryShapeIsRead() throws IOException {
        String square = "[[10,10],[30,10],[30,30],[10,30],[10,10]]";
        String hole = "[[15,15],[20,15],[20,20],[15,20],[15,15]]";
        String polygon = "{\"type\":\"Polygon\",\"coordinates\":[" + square + "," + hole + "]}";
        String multi = "{\"type\":\"MultiPolygon\",\"coordinates\":[[" + square + "," + hole + "]]}";
        String feature = "{\"type\":\"Feature\",\"geometry\":" + polygon
                + ",\"properties\":{\"objectType\":\"annotation\",\"classification\":{\"name\":\"Tumor\"}}}";
        for (String text : List.of(
                polygon,
                multi,
                feature,
                "\uFEFF " + feature,
                "[" + feature + "]",
                "{\"type\":\"GeometryCollection\",\"geometries\":[" + polygon + "]}",
                "{\"type\":\"FeatureCollection\",\"features\":[" + feature + "]}")) {
            assertEquals(400 - 25, open(text).geometry().getArea(), text);
        }
        String ignored = feature.replace("Tumor", "Ignore*").replace("[10,10]", "[5,5]");
        assertEquals(0, open("[" + feature + "," + ignored + "]").geometry().getArea());
    }

    @Test
    void crossedOpenAndFlatOutlinesAreRepairedAndReported() throws IOException {
        Annotation bow = open("{\"type\":\"Polygon\",\"coordinates\":[[[10,10],[30,30],[30,10],[10,30],[10,10]]]}");
        assertTrue(bow.geometry().isValid());
        assertEquals(200, bow.geometry().getArea(), 1e-9);
        assertTrue(bow.notice().orElseThrow().contains("crossed"));
        Annotation flat = open("{\"positive\":[{\"name\":\"_0\",\"vertices\":[[1,1],[5,5]]}],\"negative\":[]}");
        assertTrue(flat.isEmpty());
        assertTrue(flat.notice().orElseThrow().contains("fewer than 3"));
        Annotation open =
                open("{\"positive\":[{\"name\":\"_0\",\"vertices\":[[0,0],[5,0],[5,5],[0,5]]}],\"negative\":[]}");
        assertEquals(25, open.geometry().getArea());
    }

    @Test
    void whatLiesOutsideTheSlideIsCutOffOrRefused() throws IOException {
        Annotation partly = open(asap(square("Tumor", 90, 70, 20)));
        assertEquals(100, partly.geometry().getArea());
        assertTrue(partly.notice().orElseThrow().contains("75.0 %"));
        refused(() -> open(asap(square("Tumor", 500, 500, 20))), "500 to 520", "100 x 80", "level-0");
    }

    @Test
    void aGzippedAnnotationIsRead() throws IOException {
        Path file = folder.resolve("a.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"positive\":[{\"name\":\"_0\",\"vertices\":[[0,0],[5,0],[5,5]]}]}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(12.5, ((Annotation) Lesions.open(file, slide)).geometry().getArea());
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.json.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        refused(() -> Lesions.open(cut, slide), cut.toString());
    }

    @Test
    void missingAndEmptyFilesAreRefused() throws IOException {
        refused(() -> Lesions.open(folder.resolve("none.xml"), slide), "does not exist");
        refused(() -> open(""), "empty");
        refused(() -> open("lesion at 5, 5"), "ASAP XML, GeoJSON");
    }

    @Test
    void camelyonsOwnFilesAgreeInBothFormats() {
        Slide whole = new Sized(300_000, 300_000);
        Annotation xml = (Annotation) Lesions.open(real("camelyon16/asap_xml/tumor_094.xml"), whole);
        assertTrue(xml.geometry().isValid());
        assertFalse(xml.isEmpty());
        Path json = real("camelyon16/lesion_json_gz").resolve("Tumor_094.json.gz");
        if (Files.exists(json)) {
            double area = ((Annotation) Lesions.open(json, whole)).geometry().getArea();
            assertEquals(area, xml.geometry().getArea(), 1e-3 * area);
        }
    }

    @Test
    void everyCamelyonLesionListIsReadAsValidPolygons() throws IOException {
        Slide whole = new Sized(300_000, 300_000);
        int read = 0;
        try (var files = Files.list(real("camelyon16/lesion_json_gz"))) {
            for (Path file : files.sorted().limit(25).toList()) {
                Annotation lesions = (Annotation) Lesions.open(file, whole);
                assertFalse(lesions.isEmpty(), file.toString());
                assertTrue(lesions.geometry().isValid(), file.toString());
                read++;
            }
        }
        assertEquals(25, read);
    }
}
