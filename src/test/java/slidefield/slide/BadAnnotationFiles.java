package slidefield.slide;

import static slidefield.slide.BadFile.all;
import static slidefield.slide.BadFile.answered;
import static slidefield.slide.BadFile.bytes;
import static slidefield.slide.BadFile.first;
import static slidefield.slide.BadFile.none;
import static slidefield.slide.BadFile.refused;
import static slidefield.slide.BadFile.replaced;
import static slidefield.slide.BadFile.share;
import static slidefield.slide.BadFile.text;
import static slidefield.slide.TiffEdit.scratched;
import static slidefield.slide.ValidFile.JSON;
import static slidefield.slide.ValidFile.MASK;
import static slidefield.slide.ValidFile.PYRAMID_MASK;
import static slidefield.slide.ValidFile.XML;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Annotations that should not be, laid over a slide of 100 x 80 pixels. The valid ones hold a square of 400. */
final class BadAnnotationFiles {
    private static final String RING = "[[10,10],[30,10],[30,30],[10,30],[10,10]]";
    private static final String ENTITY = "<!ENTITY a \"ha\">";

    private BadAnnotationFiles() {}

    static List<BadFile> xml() {
        return List.of(
                answered("as it was", XML, none(), "400 px, no notice"),
                refused("of no bytes", XML, first(0), "empty"),
                refused("of blanks", XML, text(" \n \n"), "annotation"),
                refused("cut in the middle", XML, share(0.5), "XML at line"),
                refused("cut before its end", XML, share(0.95), "XML at line"),
                refused("of another root", XML, replaced("ASAP_Annotations", "html"), "ASAP_Annotations"),
                refused("an entity", XML, doctype("<!DOCTYPE a [" + ENTITY + "]>"), "DOCTYPE"),
                refused("a bomb of entities", XML, doctype(bomb()), "DOCTYPE"),
                refused(
                        "an external entity",
                        XML,
                        doctype("<!DOCTYPE a [<!ENTITY a SYSTEM \"/etc/hostname\">]>"),
                        "DOCTYPE"),
                refused(
                        "a parameter entity",
                        XML,
                        doctype("<!DOCTYPE a [<!ENTITY % a SYSTEM \"http://127.0.0.1:9\"> %a;]>"),
                        "DOCTYPE"),
                refused(
                        "an external document type",
                        XML,
                        doctype("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">"),
                        "DOCTYPE"),
                refused("an unknown entity", XML, replaced("Name=\"a\"", "Name=\"&a;\""), "XML at line 2"),
                answered(
                        "an inclusion is not followed",
                        XML,
                        replaced(
                                "<AnnotationGroups/>",
                                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/hostname\"/>"),
                        "400 px"),
                refused(
                        "no such encoding",
                        XML,
                        replaced("version=\"1.0\"", "version=\"1.0\" encoding=\"klingon\""),
                        "XML"),
                refused("bytes that are no UTF-8", XML, bytes(70, 0xFF, 0xFE), "XML"),
                refused("a coordinate NaN", XML, replaced("X=\"30\" Y=\"30\"", "X=\"NaN\" Y=\"30\""), "NaN", "finite"),
                refused(
                        "an infinite coordinate",
                        XML,
                        replaced("X=\"30\" Y=\"30\"", "X=\"-Infinity\" Y=\"30\""),
                        "finite"),
                refused("a coordinate of 1e999", XML, replaced("X=\"30\" Y=\"30\"", "X=\"1e999\" Y=\"30\""), "finite"),
                refused(
                        "a coordinate of 1e300",
                        XML,
                        replaced("X=\"30\" Y=\"30\"", "X=\"1e300\" Y=\"30\""),
                        "1.0E300",
                        "level-0 pixels"),
                refused(
                        "a coordinate in words",
                        XML,
                        replaced("X=\"30\" Y=\"30\"", "X=\"thirty\" Y=\"30\""),
                        "\"thirty\"",
                        "line 3"),
                refused(
                        "a coordinate that is missing",
                        XML,
                        replaced("X=\"30\" Y=\"30\"", "X=\"30\""),
                        "Y is missing",
                        "line 3"),
                refused("a decimal comma", XML, replaced("X=\"30\" Y=\"30\"", "X=\"30,5\" Y=\"30\""), "30,5"),
                refused("an order in words", XML, replaced("Order=\"2\"", "Order=\"two\""), "two"),
                answered(
                        "two points",
                        XML,
                        all(
                                replaced("<Coordinate Order=\"2\" X=\"30\" Y=\"30\"/>", ""),
                                replaced("<Coordinate Order=\"3\" X=\"10\" Y=\"30\"/>", "")),
                        "0 px",
                        "fewer than 3 points"),
                answered("no points", XML, replaced("Coordinate Order", "Point Order"), "0 px", "fewer than 3 points"),
                answered(
                        "no polygons",
                        XML,
                        all(replaced("<Annotation ", "<Note "), replaced("</Annotation>", "</Note>")),
                        "0 px, no notice"),
                answered(
                        "an outline that crosses itself",
                        XML,
                        replaced("X=\"30\" Y=\"10\"", "X=\"10\" Y=\"31\""),
                        "repaired"),
                refused(
                        "outside the slide",
                        XML,
                        all(replaced("\"10\"", "\"510\""), replaced("\"30\"", "\"530\"")),
                        "510 to 530",
                        "100 x 80"),
                answered("partly outside", XML, replaced("X=\"30\"", "X=\"190\""), "1800 px", "% outside is cut off"),
                answered("of another type", XML, replaced("Type=\"Polygon\"", "Type=\"Dot\""), "0 px", "type Dot"));
    }

    static List<BadFile> json() {
        return List.of(
                answered("as it was", JSON, none(), "400 px, no notice"),
                refused("cut in the middle", JSON, share(0.5), "JSON at line 1"),
                refused("two in one file", JSON, whole -> twice(whole), "JSON"),
                refused("of another type", JSON, replaced("FeatureCollection", "Topology"), "Topology"),
                refused("type a number", JSON, replaced("\"FeatureCollection\"", "5"), "GeoJSON"),
                refused(
                        "features an object",
                        JSON,
                        all(
                                replaced("[{\"type\":\"Feature\"", "{\"a\":{\"type\":\"Feature\""),
                                replaced("}}}]}", "}}}}}")),
                        "features"),
                refused("features missing", JSON, replaced("features", "parts"), "features"),
                answered(
                        "a feature without geometry",
                        JSON,
                        text("{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}"),
                        "0 px"),
                refused(
                        "a geometry of text",
                        JSON,
                        replaced("{\"type\":\"Polygon\",\"coordinates\":[" + RING + "]}", "\"square\""),
                        "GeoJSON"),
                refused("coordinates of text", JSON, coordinates("\"square\""), "coordinates"),
                refused("coordinates too shallow", JSON, coordinates("[[10,10],[30,10],[30,30]]"), "point"),
                refused("coordinates too deep", JSON, coordinates("[[" + RING + "]]"), "not [x, y]"),
                answered("no coordinates", JSON, coordinates("[]"), "0 px"),
                answered("an empty ring", JSON, coordinates("[[]]"), "0 px", "fewer than 3 points"),
                refused("a point of one number", JSON, coordinates("[[[1],[2,2],[3,1]]]"), "not [x, y]: [1]"),
                refused("points as objects", JSON, coordinates("[[{\"x\":1,\"y\":2}]]"), "not [x, y]"),
                refused("points as texts", JSON, coordinates("[[[\"1\",\"2\"],[3,4],[5,1]]]"), "not [x, y]"),
                refused("true for a number", JSON, coordinates("[[[true,2],[3,4],[5,1]]]"), "not [x, y]"),
                refused("NaN", JSON, coordinates("[[[NaN,2],[3,4],[5,1]]]"), "NaN"),
                refused("1e999", JSON, coordinates("[[[1e999,2],[3,4],[5,1]]]"), "finite"),
                refused("1e300", JSON, coordinates("[[[1e300,2],[3,4],[5,1]]]"), "1.0E300", "level-0 pixels"),
                refused(
                        "a number of 2000 digits",
                        JSON,
                        coordinates("[[[" + "9".repeat(2000) + ",2],[3,4],[5,1]]]"),
                        "JSON"),
                answered("open", JSON, coordinates("[[[10,10],[30,10],[30,30],[10,30]]]"), "400 px, no notice"),
                answered(
                        "crossing itself",
                        JSON,
                        coordinates("[[[10,10],[30,30],[30,10],[10,30],[10,10]]]"),
                        "repaired 1 outline"),
                answered("without area", JSON, coordinates("[[[10,10],[20,20],[30,30],[10,10]]]"), "0 px", "no area"),
                answered(
                        "a hole outside its shell",
                        JSON,
                        coordinates("[" + RING + ",[[50,50],[60,50],[60,60],[50,50]]]"),
                        "repaired 1 outline"),
                refused("outside", JSON, coordinates("[[[510,510],[530,510],[530,530]]]"), "510 to 530", "level-0"),
                refused(
                        "nested deeply",
                        JSON,
                        text("{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(5000)),
                        "JSON"),
                refused("a list nested deeply", JSON, text("[".repeat(100_000)), "JSON"),
                refused("half a gzip", JSON, all(BadAnnotationFiles::zipped, share(0.5)), "cannot be read"),
                answered("gzipped", JSON, BadAnnotationFiles::zipped, "400 px"));
    }

    static List<BadFile> masks() {
        return List.of(
                answered("as it was", MASK, none(), "400 px, no notice"),
                refused("of no bytes", MASK, first(0), "empty"),
                refused("cut in the middle", MASK, share(0.5), "damaged"),
                refused("of another shape", MASK, whole -> mask(80, 100), "80 x 100", "100 x 80", "shape"),
                answered("of another size", MASK, whole -> mask(50, 40), "1600 px", "stretched over the slide"),
                refused("of one pixel row", MASK, whole -> row(), "100 x 1", "shape"),
                refused("no annotation", MASK, text("lesion at 5, 5"), "ASAP XML, GeoJSON"),
                answered("a pyramid", PYRAMID_MASK, none(), "px, no notice"),
                refused("a pyramid with a scratched tile", PYRAMID_MASK, scratched(0, 0), "OpenSlide says"),
                refused("a pyramid cut short", PYRAMID_MASK, share(0.5), "cut short"));
    }

    private static UnaryOperator<byte[]> coordinates(String list) {
        return replaced("[" + RING + "]", list);
    }

    private static UnaryOperator<byte[]> doctype(String text) {
        return all(replaced("<ASAP_Annotations>", text + "<ASAP_Annotations>"), replaced("Name=\"a\"", "Name=\"&a;\""));
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("<!DOCTYPE x [<!ENTITY b0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            text.append("<!ENTITY b")
                    .append(i)
                    .append(" \"&b")
                    .append(i - 1)
                    .append(";&b")
                    .append(i - 1)
                    .append(";\">");
        }
        return text.append("<!ENTITY a \"&b29;\">]>").toString();
    }

    private static byte[] twice(byte[] whole) {
        String text = new String(whole, StandardCharsets.UTF_8);
        return (text + text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] whole) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(whole);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** As many millions of blanks within a list. */
    static byte[] zipped(int millions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] blanks = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write('[');
            for (int i = 0; i < millions; i++) {
                zip.write(blanks);
            }
            zip.write(']');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] mask(int width, int height) {
        return ValidFile.png(ValidFile.mask(width, height));
    }

    private static byte[] row() {
        return ValidFile.png(new java.awt.image.BufferedImage(100, 1, java.awt.image.BufferedImage.TYPE_BYTE_GRAY));
    }
}
