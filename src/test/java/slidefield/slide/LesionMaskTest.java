package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.noise;
import static slidefield.slide.SlideTestData.png;
import static slidefield.slide.SlideTestData.real;
import static slidefield.slide.SlideTestData.refused;
import static slidefield.slide.SlideTestData.slide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;

class LesionMaskTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    @TempDir
    Path folder;

    /** Several irregular blobs with holes; coordinates are not whole, so no pixel centre lies on an edge. */
    private static Geometry blobs(long seed, int width, int height) {
        Random random = new Random(seed);
        Geometry all = FACTORY.createPolygon();
        for (int i = 0; i < 6; i++) {
            Coordinate centre = new Coordinate(random.nextDouble() * width, random.nextDouble() * height);
            double radius = 5 + random.nextDouble() * 30;
            Geometry disc = FACTORY.createPoint(centre).buffer(radius, 5);
            Geometry hole = FACTORY.createPoint(centre).buffer(radius / 3, 3);
            all = all.union(disc.difference(hole));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1, 2.3, 6})
    void aPixelIsLesionIfItsCentreIsInsideAPolygon(double factor) {
        long seed = 11;
        View view = View.downsampled(slide(noise(150, 120, 1)), factor);
        Annotation lesions = new Annotation(blobs(seed, 150, 120), 150, 120);
        byte[] mask = lesions.mask(view, 0, 0, view.width(), view.height());
        int inside = 0;
        for (int y = 0; y < view.height(); y++) {
            for (int x = 0; x < view.width(); x++) {
                Coordinate centre = new Coordinate((x + 0.5) * view.scaleX(), (y + 0.5) * view.scaleY());
                boolean lesion = SimplePointInAreaLocator.locate(centre, lesions.geometry()) == Location.INTERIOR;
                assertEquals(lesion ? 1 : 0, mask[y * view.width() + x], "pixel " + x + "," + y + ", seed " + seed);
                inside += mask[y * view.width() + x];
            }
        }
        assertTrue(inside > 0 && inside < mask.length);
    }

    @Test
    void masksDoNotDependOnHowThePlaneIsCut() throws IOException {
        long seed = 12;
        Random random = new Random(seed);
        Slide slide = slide(noise(210, 170, 2));
        View view = View.downsampled(slide, 1.7);
        BufferedImage image = noise(105, 85, 3);
        Lesions[] both = {
            new Annotation(blobs(seed, 210, 170), 210, 170), Lesions.open(png(folder, "mask.png", image), slide)
        };
        for (Lesions lesions : both) {
            byte[] whole = lesions.mask(view, 0, 0, view.width(), view.height());
            for (int i = 0; i < 40; i++) {
                int x = random.nextInt(140) - 10;
                int y = random.nextInt(110) - 10;
                int w = 1 + random.nextInt(60);
                byte[] part = lesions.mask(view, x, y, w, 30);
                for (int at = 0; at < part.length; at++) {
                    int u = x + at % w;
                    int v = y + at / w;
                    boolean in = u >= 0 && v >= 0 && u < view.width() && v < view.height();
                    assertEquals(in ? whole[v * view.width() + u] : 0, part[at], "seed " + seed);
                }
            }
        }
    }

    @Test
    void lesionsFollowTheCropOfTheirSlide() throws IOException {
        Slide slide = slide(noise(200, 160, 2));
        BufferedImage image = new BufferedImage(200, 160, BufferedImage.TYPE_BYTE_GRAY);
        Annotation polygons = new Annotation(blobs(13, 200, 160), 200, 160);
        byte[] full = polygons.mask(View.downsampled(slide, 1), 0, 0, 200, 160);
        for (int i = 0; i < full.length; i++) {
            image.getRaster().setSample(i % 200, i / 200, 0, full[i] * 255);
        }
        Lesions mask = Lesions.open(png(folder, "mask.png", image), slide);
        try (CroppedSlide crop = new CroppedSlide(slide, 40, 24, 96, 64)) {
            for (Lesions lesions : new Lesions[] {polygons, mask}) {
                byte[] expected = lesions.mask(View.downsampled(slide, 2), 20, 12, 48, 32);
                Lesions inside = lesions.cropped(40, 24, 96, 64);
                assertArrayEquals(expected, inside.mask(View.downsampled(crop, 2), 0, 0, 48, 32));
                assertThrows(IllegalArgumentException.class, () -> lesions.mask(View.downsampled(crop, 2), 0, 0, 1, 1));
            }
        }
        assertArrayEquals(full, mask.mask(View.downsampled(slide, 1), 0, 0, 200, 160));
        assertFalse(mask.isEmpty());
    }

    @Test
    void aMaskPixelIsLesionFromHalfItsArea() throws IOException {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY);
        int[][] values = {{128, 200, 0, 0}, {127, 127, 0, 0}};
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 4; x++) {
                image.getRaster().setSample(x, y, 0, values[y][x]);
            }
        }
        Slide slide = slide(noise(8, 4, 1));
        Lesions lesions = Lesions.open(png(folder, "mask.png", image), slide);
        assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, lesions.mask(View.downsampled(slide, 2), 0, 0, 4, 2));
        image.getRaster().setSample(1, 0, 0, 127);
        Lesions fewer = Lesions.open(png(folder, "mask.png", image), slide);
        assertEquals(0, fewer.mask(View.downsampled(slide, 2), 0, 0, 1, 1)[0]);
    }

    @Test
    void aMaskOfAnotherSizeIsStretchedAndSaysSo() throws IOException {
        Slide slide = slide(noise(400, 300, 1));
        BufferedImage half = new BufferedImage(200, 150, BufferedImage.TYPE_BYTE_GRAY);
        half.getRaster().setSample(10, 20, 0, 255);
        Lesions lesions = Lesions.open(png(folder, "half.png", half), slide);
        byte[] mask = lesions.mask(View.downsampled(slide, 1), 0, 0, 400, 300);
        int count = 0;
        for (byte value : mask) {
            count += value;
        }
        assertEquals(4, count);
        assertEquals(1, mask[41 * 400 + 21]);
        String notice = lesions.notice().orElseThrow();
        assertTrue(notice.contains("200 x 150") && notice.contains("400 x 300"), notice);
    }

    @Test
    void aMaskOfAnotherShapeIsRefused() throws IOException {
        Slide slide = slide(noise(400, 300, 1));
        Path wrong = png(folder, "wrong.png", noise(400, 290, 1));
        refused(() -> Lesions.open(wrong, slide), "400 x 290", "400 x 300");
        Path turned = png(folder, "turned.png", noise(300, 400, 1));
        refused(() -> Lesions.open(turned, slide), "300 x 400");
        Path near = png(folder, "near.png", noise(400, 298, 1));
        assertTrue(Lesions.open(near, slide).notice().isPresent());
    }

    @Test
    void anEmptyMaskIsEmptyAndALabelMapIsPointedOut() throws IOException {
        Slide slide = slide(noise(20, 10, 1));
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY);
        Lesions none = Lesions.open(png(folder, "none.png", image), slide);
        assertTrue(none.isEmpty());
        assertTrue(none.notice().isEmpty());
        image.getRaster().setSample(3, 3, 0, 2);
        Lesions labels = Lesions.open(png(folder, "labels.png", image), slide);
        assertTrue(labels.isEmpty());
        assertTrue(labels.notice().orElseThrow().contains("up to 2"));
        assertTrue(Lesions.none(slide).isEmpty());
    }

    @Test
    void aRealMaskCoversHalfOfItsRegionAtEveryResolution() {
        try (Slide slide = Slides.open(real("bcss/1008.jpg"));
                Lesions lesions = Lesions.open(real("bcss/1008_mask.jpg"), slide)) {
            for (double factor : new double[] {4, 8, 16, 64}) {
                View view = View.downsampled(slide, factor);
                byte[] mask = lesions.mask(view, 0, 0, view.width(), view.height());
                double count = 0;
                for (byte value : mask) {
                    count += value;
                }
                assertEquals(0.50, count / mask.length, 0.03, "factor " + factor);
            }
        }
    }
}
