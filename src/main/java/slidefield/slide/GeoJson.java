package slidefield.slide;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.PolygonExtracter;
import slidefield.io.WholeFile;

/** Writes polygons as the GeoJSON that QuPath opens: one annotation object per polygon, in level-0 pixels. */
public final class GeoJson {
    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private GeoJson() {}

    /**
     * What the annotations are.
     *
     * @param name QuPath's class, such as {@code Tumor}
     * @param colour how QuPath draws it
     */
    public record Classification(String name, Color colour) {
        /** The class that segmentation writes. */
        public static final Classification TUMOR = new Classification("Tumor", new Color(200, 0, 0));

        /** Both are needed. */
        public Classification {
            if (name == null || name.isBlank() || colour == null) {
                throw new IllegalArgumentException("a class needs a name and a colour");
            }
        }
    }

    /**
     * Writes a feature collection.
     *
     * @param target the file
     * @param geometry polygons in level-0 pixels
     * @param classification their class
     * @param properties further properties of every annotation (numbers, strings, lists, maps)
     * @throws slidefield.io.InputException if the file cannot be written
     */
    public static void write(Path target, Geometry geometry, Classification classification, Map<String, ?> properties) {
        write(target, List.of(geometry), classification, properties);
    }

    /**
     * Writes a feature collection.
     *
     * @param target the file
     * @param geometries polygons in level-0 pixels
     * @param classification their class
     * @param properties further properties of every annotation (numbers, strings, lists, maps)
     * @throws slidefield.io.InputException if the file cannot be written
     */
    public static void write(
            Path target,
            List<? extends Geometry> geometries,
            Classification classification,
            Map<String, ?> properties) {
        WholeFile.write(target, temporary -> {
            try (JsonGenerator json = JSON.createGenerator(temporary.toFile(), JsonEncoding.UTF8)) {
                json.writeStartObject();
                json.writeStringField("type", "FeatureCollection");
                json.writeArrayFieldStart("features");
                for (Geometry geometry : geometries) {
                    for (Object polygon : PolygonExtracter.getPolygons(geometry)) {
                        feature(json, (Polygon) polygon, classification, properties);
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    private static void feature(
            JsonGenerator json, Polygon polygon, Classification classification, Map<String, ?> properties)
            throws IOException {
        if (polygon.isEmpty()) {
            return;
        }
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Polygon");
        json.writeArrayFieldStart("coordinates");
        ring(json, polygon.getExteriorRing());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            ring(json, polygon.getInteriorRingN(i));
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("objectType", "annotation");
        json.writeObjectFieldStart("classification");
        json.writeStringField("name", classification.name());
        Color colour = classification.colour();
        json.writeFieldName("color");
        json.writeArray(new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()}, 0, 3);
        json.writeEndObject();
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            json.writeObjectField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void ring(JsonGenerator json, LineString ring) throws IOException {
        json.writeStartArray();
        for (Coordinate point : ring.getCoordinates()) {
            json.writeStartArray();
            number(json, point.x);
            number(json, point.y);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
