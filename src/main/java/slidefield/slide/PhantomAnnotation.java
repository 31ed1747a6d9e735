package slidefield.slide;

import java.nio.file.Path;
import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import slidefield.io.WholeFile;

/**
 * Lesion outlines as the XML of the ASAP viewer, with CAMELYON's groups: "Tumor" for lesions, "Exclusion" for the
 * normal islands inside them.
 */
public final class PhantomAnnotation {
    private PhantomAnnotation() {}

    /**
     * Writes the file.
     *
     * @param target the XML file
     * @param lesions polygons in level-0 pixels
     * @throws slidefield.io.InputException if the file cannot be written
     */
    public static void write(Path target, Geometry lesions) {
        String text = xml(lesions);
        WholeFile.writeText(target, text);
    }

    static String xml(Geometry lesions) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n<ASAP_Annotations>\n\t<Annotations>\n");
        int tumours = 0;
        int exclusions = 0;
        for (int i = 0; i < lesions.getNumGeometries(); i++) {
            if (lesions.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
                ring(out, "Tumor", tumours++, polygon.getExteriorRing());
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    ring(out, "Exclusion", exclusions++, polygon.getInteriorRingN(hole));
                }
            }
        }
        out.append("\t</Annotations>\n\t<AnnotationGroups>\n");
        group(out, "Tumor", "#F4FA58");
        group(out, "Exclusion", "#64FE2E");
        return out.append("\t</AnnotationGroups>\n</ASAP_Annotations>\n").toString();
    }

    private static void ring(StringBuilder out, String group, int number, LineString ring) {
        out.append(String.format(
                Locale.ROOT,
                "\t\t<Annotation Name=\"%s %d\" Type=\"Polygon\" PartOfGroup=\"%s\" Color=\"#F4FA58\">",
                group,
                number,
                group));
        out.append("\n\t\t\t<Coordinates>\n");
        for (int i = 0; i < ring.getNumPoints() - 1; i++) {
            Coordinate c = ring.getCoordinateN(i);
            out.append(String.format(
                    Locale.ROOT, "\t\t\t\t<Coordinate Order=\"%d\" X=\"%.3f\" Y=\"%.3f\" />", i, c.x, c.y));
            out.append('\n');
        }
        out.append("\t\t\t</Coordinates>\n\t\t</Annotation>\n");
    }

    private static void group(StringBuilder out, String name, String colour) {
        out.append("\t\t<Group Name=\"").append(name).append("\" PartOfGroup=\"None\" Color=\"");
        out.append(colour).append("\">\n\t\t\t<Attributes />\n\t\t</Group>\n");
    }
}
