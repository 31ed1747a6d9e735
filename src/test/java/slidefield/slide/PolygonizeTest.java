package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

class PolygonizeTest {
    private static List<Polygon> outline(String... rows) {
        byte[] mask = new byte[rows.length * rows[0].length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#' ? 1 : 0);
        }
        return Polygonize.of(mask, rows[0].length(), rows.length, 1, 1);
    }

    @Test
    void oneComponentIsOnePolygonWithItsHoles() {
        List<Polygon> found = outline("#######", "#.#.#.#", "#######", "......#");
        assertEquals(1, found.size());
        assertEquals(3, found.get(0).getNumInteriorRing());
        assertEquals(19, found.get(0).getArea());
        assertTrue(found.get(0).isValid());
    }

    @Test
    void anIslandInAHoleIsAPolygonOfItsOwn() {
        List<Polygon> found = outline("#####", "#...#", "#.#.#", "#...#", "#####");
        assertEquals(2, found.size());
        assertEquals(16, found.get(0).getArea());
        assertEquals(1, found.get(0).getNumInteriorRing());
        assertEquals(1, found.get(1).getArea());
    }

    @Test
    void pixelsThatTouchAtACornerStayApartAndRingsThatDoAreHoles() {
        List<Polygon> corners = outline("#.", ".#");
        assertEquals(2, corners.size());
        List<Polygon> ring = outline("###", "#.#", "##.");
        assertEquals(1, ring.size());
        assertEquals(7, ring.get(0).getArea());
        assertTrue(ring.get(0).isValid());
        assertEquals(1, ring.get(0).getNumInteriorRing());
        assertEquals(List.of(), outline("..", ".."));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.6, 0.8, 0.97})
    void randomMasksGiveValidPolygonsThatRasteriseBackToThem(double density) {
        long seed = 31;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(40);
            byte[] mask = new byte[width * height];
            int count = 0;
            for (int i = 0; i < mask.length; i++) {
                mask[i] = (byte) (random.nextDouble() < density ? 1 : 0);
                count += mask[i];
            }
            List<Polygon> found = Polygonize.of(mask, width, height, 2.5, 3);
            double area = 0;
            for (Polygon polygon : found) {
                assertTrue(polygon.isValid(), "seed " + seed + ", round " + round);
                area += polygon.getArea();
            }
            assertEquals(count * 7.5, area, 1e-6, "seed " + seed + ", round " + round);
            Rings rings = new Rings(new GeometryFactory().createMultiPolygon(found.toArray(Polygon[]::new)));
            assertArrayEquals(mask, rings.fill(2.5, 3, 0, 0, width, height), "seed " + seed + ", round " + round);
        }
    }

    @Test
    @Timeout(20)
    void aLargeNoisyMaskTakesSecondsNotMinutes() {
        Random random = new Random(32);
        byte[] mask = new byte[1500 * 1500];
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (random.nextInt(100) < 65 ? 1 : 0);
            count += mask[i];
        }
        double area = 0;
        for (Polygon polygon : Polygonize.of(mask, 1500, 1500, 1, 1)) {
            area += polygon.getArea();
        }
        assertEquals(count, area);
    }

    @Test
    void aMaskOfTheWrongLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Polygonize.of(new byte[5], 2, 3, 1, 1));
    }

    @Test
    void geoJsonForQuPathComesBackAsTheSameLesions(@TempDir Path folder) throws IOException {
        Slide slide = SlideTestData.slide(SlideTestData.noise(60, 40, 1));
        View view = View.downsampled(slide, 2);
        byte[] mask = new byte[30 * 20];
        Random random = new Random(6);
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (random.nextInt(3) > 0 ? 1 : 0);
        }
        Path file = folder.resolve("lesions.geojson");
        GeoJson.write(
                file,
                Polygonize.of(mask, view),
                GeoJson.Classification.TUMOR,
                Map.of("measurements", Map.of("mean", 0.5)));
        Lesions back = Lesions.open(file, slide);
        assertArrayEquals(mask, back.mask(view, 0, 0, 30, 20));
        assertTrue(back.notice().isEmpty(), back.notice().toString());
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertEquals("FeatureCollection", root.path("type").asText());
        JsonNode properties = root.path("features").path(0).path("properties");
        assertEquals("annotation", properties.path("objectType").asText());
        assertEquals("Tumor", properties.path("classification").path("name").asText());
        assertEquals(
                200, properties.path("classification").path("color").path(0).asInt());
        assertEquals(0.5, properties.path("measurements").path("mean").asDouble());
    }
}
