package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import slidefield.io.InputException;

class PhantomSlideTest {
    @TempDir
    Path folder;

    private static PhantomOptions small(long seed) {
        return PhantomOptions.defaults().withSize(700, 600).withSeed(seed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1.0, 2.5})
    void anyRegionIsTheSameCutOfTheWhole(double mpp) {
        // given the whole slide
        PhantomOptions options =
                PhantomOptions.defaults().withSize(400, 330).withMpp(mpp).withSeed(5);
        BufferedImage whole = new PhantomSlide(options).read(0, 0, 400, 330);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PhantomSlide again = new PhantomSlide(options);
        for (int trial = 0; trial < 20; trial++) {
            // when a region of it is read from another instance
            int x = random.nextInt(399);
            int y = random.nextInt(329);
            int w = 1 + random.nextInt(400 - x);
            int h = 1 + random.nextInt(330 - y);
            BufferedImage region = again.read(x, y, w, h);
            // then it has the same bits
            for (int j = 0; j < h; j++) {
                for (int i = 0; i < w; i++) {
                    assertEquals(whole.getRGB(x + i, y + j), region.getRGB(i, j), "seed " + seed);
                }
            }
        }
    }

    @Test
    void seedDecidesEverything() {
        BufferedImage one = new PhantomSlide(small(1)).read(0, 0, 700, 600);
        BufferedImage same = new PhantomSlide(small(1)).read(0, 0, 700, 600);
        BufferedImage other = new PhantomSlide(small(2)).read(0, 0, 700, 600);
        int differing = 0;
        for (int i = 0; i < 700 * 600; i++) {
            assertEquals(one.getRGB(i % 700, i / 700), same.getRGB(i % 700, i / 700));
            differing += one.getRGB(i % 700, i / 700) == other.getRGB(i % 700, i / 700) ? 0 : 1;
        }
        assertTrue(differing > 300_000, differing + " pixels differ");
    }

    @Test
    void sameTissueAtAnotherPixelSize() {
        // given one extent at 1 and at 2 micrometres per pixel
        PhantomOptions fine = PhantomOptions.defaults().withSize(600, 500).withSeed(3);
        PhantomOptions coarse = fine.withSize(300, 250).withMpp(2);
        // then outlines agree, and the colours do on average
        Geometry lesions = new PhantomSlide(fine).lesions();
        assertEquals(lesions.getArea() / 4, new PhantomSlide(coarse).lesions().getArea(), lesions.getArea() * 1e-6);
        BufferedImage a = new PhantomSlide(fine).read(0, 0, 600, 500);
        BufferedImage b = new PhantomSlide(coarse).read(0, 0, 300, 250);
        double difference = 0;
        for (int y = 0; y < 250; y++) {
            for (int x = 0; x < 300; x++) {
                int sum = green(a, 2 * x, 2 * y)
                        + green(a, 2 * x + 1, 2 * y)
                        + green(a, 2 * x, 2 * y + 1)
                        + green(a, 2 * x + 1, 2 * y + 1);
                difference += Math.abs(sum / 4.0 - green(b, x, y)) / (300 * 250);
            }
        }
        assertTrue(difference < 3, "mean difference " + difference);
    }

    @Test
    void lesionsAreAFairShareAndOneIsSmall() {
        for (int i = 0; i < 40; i++) {
            // given any seed and several sizes
            long seed = Phantoms.seedOf(7, i);
            PhantomOptions options = PhantomOptions.defaults().withSeed(seed);
            PhantomSlide slide = new PhantomSlide(i % 2 == 0 ? options : options.withSize(512, 384));
            // when
            Geometry lesions = slide.lesions();
            // then
            assertTrue(
                    slide.lesionFraction() > 0.12 && slide.lesionFraction() < 0.46,
                    "seed " + seed + ": " + slide.lesionFraction());
            assertTrue(lesions.isValid(), "seed " + seed);
            double least = Double.MAX_VALUE;
            for (int n = 0; n < lesions.getNumGeometries(); n++) {
                least = Math.min(least, lesions.getGeometryN(n).getArea());
            }
            double share = least / ((double) slide.width() * slide.height());
            assertTrue(share < 0.02 && lesions.getNumGeometries() >= 2, "seed " + seed + ": smallest " + share);
        }
    }

    @Test
    void askedFractionIsApproached() {
        for (double aim : new double[] {0.15, 0.3, 0.45}) {
            double got =
                    new PhantomSlide(PhantomOptions.defaults().withSeed(11).withLesionFraction(aim)).lesionFraction();
            assertEquals(aim, got, 0.25 * aim);
        }
    }

    @Test
    void smallLesionsAndNoneAreDrawnAsAsked() throws Exception {
        for (long seed = 1; seed <= 4; seed++) {
            // given the same tissue
            PhantomOptions tissue = PhantomOptions.defaults().withSize(512, 384).withSeed(seed);
            PhantomSlide none = new PhantomSlide(tissue.withLesionFraction(0));
            // when / then
            assertTrue(none.lesions().isEmpty());
            assertEquals(0, none.lesionFraction());
            PhantomSlide drawn = new PhantomSlide(tissue);
            for (int x = 5; x < 512; x += 31) {
                assertEquals(drawn.isTissue(x, 200), none.isTissue(x, 200));
            }
            for (double aim : new double[] {0.01, 0.03, 0.1}) {
                PhantomSlide small = new PhantomSlide(tissue.withLesionFraction(aim));
                assertEquals(aim, small.lesionFraction(), 0.25 * aim, "seed " + seed);
                int count = small.lesions().getNumGeometries();
                assertTrue(count == 1 || count == 2, count + " lesions");
            }
        }
        PhantomFile file = Phantoms.write(
                "n",
                folder.resolve("n.tif"),
                null,
                PhantomOptions.defaults().withSize(300, 260).withLesionFraction(0),
                part -> {});
        assertTrue(Files.size(file.slide()) > 0);
        assertFalse(Files.exists(folder.resolve("n.xml")));
    }

    @Test
    void existingSlidesKeepTheirBits() throws Exception {
        // the sums of the pixels of slides drawn before small lesions could be asked for
        assertEquals(
                "-2158268226889075290 8170074949532699801",
                sums(PhantomOptions.defaults().withSize(300, 260).withSeed(5)) + " "
                        + sums(PhantomOptions.defaults()
                                .withSize(300, 260)
                                .withSeed(5)
                                .withLesionFraction(0.3)));
    }

    private static long sums(PhantomOptions options) {
        BufferedImage image = new PhantomSlide(options).read(0, 0, options.width(), options.height());
        long sum = 0;
        for (int i = 0; i < options.width() * options.height(); i++) {
            sum = 31 * sum + image.getRGB(i % options.width(), i / options.width());
        }
        return sum;
    }

    @Test
    void polygonsMatchThePixels() {
        for (long seed = 1; seed <= 3; seed++) {
            // given a slide and its truth
            PhantomSlide slide = new PhantomSlide(
                    PhantomOptions.defaults().withSize(1000, 800).withSeed(seed));
            BufferedImage image = slide.read(0, 0, 1000, 800);
            IndexedPointInAreaLocator truth = new IndexedPointInAreaLocator(slide.lesions());
            Geometry edge = slide.lesions().getBoundary();
            IndexedPointInAreaLocator margin = new IndexedPointInAreaLocator(edge.buffer(12));
            double[] sum = new double[2];
            int[] n = new int[2];
            int[] ring = new int[2];
            double[] ringSum = new double[2];
            for (int y = 0; y < 800; y += 2) {
                for (int x = 0; x < 1000; x += 2) {
                    if (!slide.isTissue(x, y)) {
                        continue;
                    }
                    Coordinate centre = new Coordinate(x + 0.5, y + 0.5);
                    int inside = truth.locate(centre) == Location.EXTERIOR ? 0 : 1;
                    double nuclear = redAbsorbance(image, x, y) > 0.35 ? 1 : 0;
                    sum[inside] += nuclear;
                    n[inside]++;
                    if (margin.locate(centre) != Location.EXTERIOR) {
                        ringSum[inside] += nuclear;
                        ring[inside]++;
                    }
                }
            }
            // then nuclei cover far more of the lesions, also within 12 pixels on either side of the outline
            double lesion = sum[1] / n[1];
            double normal = sum[0] / n[0];
            assertTrue(lesion > 1.8 * normal, "seed " + seed + ": " + lesion + " against " + normal);
            double justIn = ringSum[1] / ring[1];
            double justOut = ringSum[0] / ring[0];
            assertTrue(justIn > 1.5 * justOut, "seed " + seed + " at the edge: " + justIn + " against " + justOut);
        }
    }

    @Test
    void setsAreWrittenWithTheirOutlines() throws Exception {
        // given
        double[] last = new double[1];
        // when
        List<PhantomFile> files = Phantoms.write(
                folder, 2, PhantomOptions.defaults().withSize(600, 520), 42, fraction -> last[0] = fraction);
        List<PhantomFile> again = Phantoms.write(
                folder.resolve("again"), 2, PhantomOptions.defaults().withSize(600, 520), 42, fraction -> {});
        // then the files are there, the same each time, and different from each other
        assertEquals(1.0, last[0], 1e-9);
        assertEquals(2, files.size());
        assertNotEquals(files.get(0).sha256(), files.get(1).sha256());
        for (int i = 0; i < 2; i++) {
            PhantomFile file = files.get(i);
            assertEquals(file.sha256(), again.get(i).sha256());
            assertEquals(Files.size(file.slide()), file.bytes());
            assertEquals(
                    Files.readString(file.annotation()),
                    Files.readString(again.get(i).annotation()));
            try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(file.slide())) {
                assertEquals("600x520 300x260", slide.levels());
                assertEquals(10000, Double.parseDouble(slide.property("tiff.XResolution")), 1e-3);
            }
            assertOutlines(
                    file,
                    new PhantomSlide(
                                    PhantomOptions.defaults().withSize(600, 520).withSeed(file.seed()))
                            .lesions());
        }
    }

    private static void assertOutlines(PhantomFile file, Geometry lesions) throws Exception {
        NodeList annotations = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.annotation().toFile())
                .getElementsByTagName("Annotation");
        double area = 0;
        for (int i = 0; i < annotations.getLength(); i++) {
            Element annotation = (Element) annotations.item(i);
            NodeList points = annotation.getElementsByTagName("Coordinate");
            double twice = 0;
            for (int p = 0; p < points.getLength(); p++) {
                Element a = (Element) points.item(p);
                Element b = (Element) points.item((p + 1) % points.getLength());
                twice += number(a, "X") * number(b, "Y") - number(b, "X") * number(a, "Y");
            }
            boolean tumour = annotation.getAttribute("PartOfGroup").equals("Tumor");
            area += (tumour ? 1 : -1) * Math.abs(twice) / 2;
        }
        assertEquals(lesions.getArea(), area, 1 + lesions.getArea() * 1e-4);
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }

    @Test
    void impossibleOptionsAreOneLine() throws IOException {
        PhantomOptions good = PhantomOptions.defaults();
        assertThrows(InputException.class, () -> good.withSize(127, 500));
        assertThrows(InputException.class, () -> good.withSize(200_000, 500));
        assertThrows(InputException.class, () -> good.withMpp(Double.NaN));
        assertThrows(InputException.class, () -> good.withMpp(5));
        assertThrows(InputException.class, () -> good.withSize(200, 200).withMpp(0.25));
        assertThrows(InputException.class, () -> good.withLesionFraction(0.9));
        assertThrows(InputException.class, () -> good.withLesionFraction(0.005));
        assertThrows(InputException.class, () -> good.withLesionFraction(Double.NaN));
        assertThrows(InputException.class, () -> Phantoms.write(folder, 0, good, 1, f -> {}));
    }

    private static int green(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 8 & 255;
    }

    private static double redAbsorbance(BufferedImage image, int x, int y) {
        return -Math.log(((image.getRGB(x, y) >> 16 & 255) + 1) / 245.0);
    }
}
