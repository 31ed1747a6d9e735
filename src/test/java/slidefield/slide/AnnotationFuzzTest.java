package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;

/** Whatever bytes an annotation holds, it has lesions or is refused; and what is written reads back as it was. */
class AnnotationFuzzTest {
    private static final Slide SLIDE = SlideTestData.slide(Pixels.filled(100, 80, Pixels.WHITE));

    private static final List<String> JSON_WORDS = List.of(
            "NaN",
            "1e999",
            "-1e308",
            "1e308",
            "1e-308",
            "9".repeat(1200),
            "99999999999999999999",
            "0.5",
            "-0.0",
            "null",
            "true",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\\",
            "{}",
            "[]",
            "[[",
            "]]",
            "[".repeat(1200),
            "{\"a\":".repeat(400),
            "\"type\":",
            "\"Polygon\"",
            "\"MultiPolygon\"",
            "\"GeometryCollection\"",
            "\"Feature\"",
            "\"coordinates\":",
            "\"features\":",
            "\"positive\":",
            "\"vertices\":",
            "\"geometry\":null",
            "[10,10],",
            "[1e300,5],",
            "\uFEFF",
            "\u0000",
            "/* */",
            "'");

    private static final List<String> XML_WORDS = List.of(
            "<!DOCTYPE a [<!ENTITY a \"b\">]>",
            "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">",
            "&a;",
            "&#0;",
            "&#x10FFFF;",
            "&lt;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml version=\"1.1\"?>",
            "encoding=\"UTF-16\"",
            "encoding=\"x\"",
            "<a>",
            "</a>",
            "<a/>",
            "<Annotation>",
            "</Annotation>",
            "<Annotations>",
            "<Coordinate X=\"1\" Y=\"2\"/>",
            "Order=\"-1\"",
            "X=\"NaN\"",
            "X=\"1e308\"",
            "X=\"-1e308\"",
            "X=\"1e999\"",
            "X=\"\"",
            "\"",
            "'",
            "<",
            ">",
            "&",
            "\u0000",
            "\uFEFF",
            "\uFFFE",
            "<a>".repeat(2000),
            "xmlns=\"a\"",
            "xmlns:a=\"b\"",
            "a:b",
            "Type=\"Dot\"",
            "PartOfGroup=\"Exclusion\"");

    /** Inputs that once had neither lesions nor a refusal. */
    private static final List<String> KEPT = List.of(
            "eyJ0eXBlIjoiUG9seWdvbiIsImNvb3JkaW5hdGVzIjpbW1swLjAsMC4wXSxbMC4wLDEuMEUzMDBdLFswLjAsMC4wXSxbMS43OTc2OTMxMzQ4"
                    + "NjIzMTU3RTMwOCwxLjc5NzY5MzEzNDg2MjMxNTdFMzA4XV1dfQ==");

    private static final Reader LESIONS = new Reader("any", file -> {
        try (Lesions lesions = Lesions.open(file, SLIDE)) {
            lesions.mask(View.downsampled(SLIDE, 2), 0, 0, 50, 40);
            lesions.cropped(10, 10, 20, 20).isEmpty();
        }
    });

    @Provide
    Arbitrary<Spoilt> json() {
        return Spoilt.arbitrary(
                JSON_WORDS,
                ValidFile.JSON.bytes(),
                "{\"positive\":[{\"name\":\"_0\",\"vertices\":[[0,0],[50,0],[50,50]]}],\"negative\":[{\"vertices\":[[9,9],[20,9],[20,20]]}]}"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,1],[60,2],[61,70],[1,1]],[[9,9],[20,9],[20,20],[9,9]]],[[[30,5],[90,5],[5,70],[60,75]]]]}"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Provide
    Arbitrary<Spoilt> xml() {
        return Spoilt.arbitrary(XML_WORDS, ValidFile.XML.bytes());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesLikeGeoJsonHaveLesionsOrAreRefused(@ForAll("json") Spoilt spoilt) {
        LESIONS.check(spoilt);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesLikeAsapXmlHaveLesionsOrAreRefused(@ForAll("xml") Spoilt spoilt) {
        LESIONS.check(spoilt);
    }

    @Example
    void theKeptCasesHaveLesionsOrAreRefused() {
        LESIONS.check(new Spoilt(ValidFile.JSON.bytes()));
        LESIONS.check(new Spoilt(ValidFile.XML.bytes()));
        KEPT.forEach(kept -> LESIONS.check(Spoilt.of(kept)));
    }

    /** Numbers of every size where coordinates should be, also those that overflow when they are multiplied. */
    @Provide
    Arbitrary<String> outlines() {
        Arbitrary<Double> number = Arbitraries.oneOf(
                Arbitraries.doubles().between(-50, 150),
                Arbitraries.integers().between(0, 100).map(Integer::doubleValue),
                Arbitraries.of(1e300, 4e9, -4e9, 3.9e9, 1e6, 1e-6, 5e-324, 1e-12, 50 + 1e-13, -0.0, Double.MAX_VALUE));
        Arbitrary<String> point = Combinators.combine(number, number).as((x, y) -> "[" + x + "," + y + "]");
        Arbitrary<String> ring = point.list().ofMaxSize(12).map(points -> "[" + String.join(",", points) + "]");
        return ring.list()
                .ofMaxSize(4)
                .map(rings -> "{\"type\":\"Polygon\",\"coordinates\":[" + String.join(",", rings) + "]}");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyOutlineHasLesionsOrIsRefused(@ForAll("outlines") String outline) {
        LESIONS.check(new Spoilt(outline.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    /** Boxes at multiples of 1/8, which both formats write exactly, some cut out of others. */
    @Provide
    Arbitrary<Geometry> geometries() {
        Arbitrary<Geometry> box = Combinators.combine(
                        Arbitraries.integers().between(0, 8 * 90),
                        Arbitraries.integers().between(0, 8 * 70),
                        Arbitraries.integers().between(8, 80),
                        Arbitraries.integers().between(8, 80))
                .as((x, y, w, h) -> {
                    double left = x / 8.0;
                    double top = y / 8.0;
                    return new GeometryFactory().createPolygon(new Coordinate[] {
                        new Coordinate(left, top),
                        new Coordinate(left + w / 8.0, top),
                        new Coordinate(left + w / 8.0, top + h / 8.0),
                        new Coordinate(left, top + h / 8.0),
                        new Coordinate(left, top)
                    });
                });
        Arbitrary<Geometry> some = box.list().ofMinSize(1).ofMaxSize(6).map(UnaryUnionOp::union);
        return Combinators.combine(some, some)
                .as((in, out) -> Annotation.polygonal(in.difference(out)))
                .filter(lesions -> !lesions.isEmpty());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 2_000, small = 25)
    void whatIsWrittenReadsBackAsItWas(@ForAll("geometries") Geometry lesions) throws IOException {
        Path file = Files.createTempFile("lesions", ".any");
        try {
            for (boolean json : new boolean[] {true, false}) {
                // when
                if (json) {
                    GeoJson.write(file, lesions, GeoJson.Classification.TUMOR, Map.of("probability", 0.5));
                } else {
                    PhantomAnnotation.write(file, lesions);
                }
                Annotation read = (Annotation) Lesions.open(file, SLIDE);
                // then
                assertEquals(0, read.geometry().symDifference(lesions).getArea(), 1e-9, lesions.toText());
                assertTrue(read.notice().isEmpty(), () -> read.notice().orElse(""));
            }
        } finally {
            Files.delete(file);
        }
    }

    @AfterContainer
    static void say() {
        System.out.println("annotations: " + LESIONS);
    }
}
