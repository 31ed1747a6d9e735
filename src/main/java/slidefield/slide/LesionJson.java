package slidefield.slide;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;

/**
 * Reads polygons from JSON: GeoJSON as QuPath writes it (a feature collection, an array of features, one feature or one
 * geometry), or CAMELYON's lesion files ({@code positive} and {@code negative} lists of {@code vertices}).
 */
final class LesionJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What a list or object takes at most while it is empty or small, and what a number in it takes. */
    private static final int LIST_BYTES = 120;

    private static final int NUMBER_BYTES = 40;

    private final LesionGroups groups;

    private LesionJson(LesionGroups groups) {
        this.groups = groups;
    }

    /**
     * Reads every polygon.
     *
     * @param bytes the file
     * @param groups receives the polygons
     * @throws slidefield.io.InputException if it is neither format, or damaged
     */
    static void read(byte[] bytes, LesionGroups groups) {
        Runtime runtime = Runtime.getRuntime();
        read(bytes, groups, runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory()));
    }

    /**
     * Reads every polygon.
     *
     * @param left bytes of memory that it may take; what takes more is refused before
     */
    static void read(byte[] bytes, LesionGroups groups, long left) {
        JsonNode root;
        try {
            requireMemory(bytes, groups, left);
            root = MAPPER.readTree(bytes);
        } catch (JsonProcessingException damaged) {
            int line = damaged.getLocation() == null ? 0 : damaged.getLocation().getLineNr();
            throw groups.refuse("is not readable JSON at line " + line + ": " + damaged.getOriginalMessage());
        } catch (IOException damaged) {
            throw groups.refuse("is not readable JSON: " + damaged.getMessage());
        }
        LesionJson reader = new LesionJson(groups);
        if (root.isObject() && (root.has("positive") || root.has("negative"))) {
            reader.camelyon(root.path("positive"), "_0");
            reader.camelyon(root.path("negative"), "_2");
        } else {
            reader.geoJson(root, null);
        }
    }

    /** A list in three bytes of text takes forty times as much in memory. */
    private static void requireMemory(byte[] bytes, LesionGroups groups, long left) throws IOException {
        long needed = 0;
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                needed += token.isStructStart() ? LIST_BYTES : token.isScalarValue() ? NUMBER_BYTES : 0;
            }
        }
        if (needed > left) {
            throw groups.refuse("takes about " + (needed >> 20) + " MiB of memory, " + (left >> 20)
                    + " MiB are left; give Java more (-Xmx), or leave out what is no lesion");
        }
    }

    private void camelyon(JsonNode list, String group) {
        for (JsonNode lesion : list) {
            groups.add(group, points(lesion.path("vertices")), List.of());
        }
    }

    private void geoJson(JsonNode node, String group) {
        if (node.isArray()) {
            node.forEach(feature -> geoJson(feature, group));
            return;
        }
        switch (node.path("type").asText()) {
            case "FeatureCollection" -> list(node, "features").forEach(feature -> geoJson(feature, group));
            case "Feature" -> {
                if (!node.path("geometry").isNull()) {
                    geoJson(node.path("geometry"), className(node.path("properties")));
                }
            }
            case "GeometryCollection" -> list(node, "geometries").forEach(part -> geoJson(part, group));
            case "Polygon" -> polygon(list(node, "coordinates"), group);
            case "MultiPolygon" -> list(node, "coordinates").forEach(rings -> polygon(rings, group));
            case "Point", "MultiPoint", "LineString", "MultiLineString" -> groups.note(
                    "left out geometries of type " + node.path("type").asText());
            default -> throw groups.refuse("is JSON, but neither GeoJSON nor a CAMELYON lesion list: found "
                    + (node.has("type") ? "type " + node.path("type") : "no type"));
        }
    }

    private JsonNode list(JsonNode node, String name) {
        if (!node.path(name).isArray()) {
            throw groups.refuse("has a " + node.path("type").asText() + " without a list of " + name);
        }
        return node.path(name);
    }

    /** QuPath's class, as an object with a name or a plain string; null if unclassified. */
    private static String className(JsonNode properties) {
        JsonNode classification = properties.path("classification");
        JsonNode name = classification.isObject() ? classification.path("name") : classification;
        if (classification.isObject()
                && !name.isTextual()
                && classification.path("names").isArray()) {
            name = classification.path("names").path(0);
        }
        return name.isTextual() && !name.asText().isBlank() ? name.asText() : null;
    }

    private void polygon(JsonNode rings, String group) {
        if (!rings.isArray()) {
            throw groups.refuse("has a polygon that is not a list of rings");
        }
        List<List<Coordinate>> all = new ArrayList<>();
        rings.forEach(ring -> all.add(points(ring)));
        if (!all.isEmpty()) {
            groups.add(group, all.get(0), all.subList(1, all.size()));
        }
    }

    private List<Coordinate> points(JsonNode list) {
        List<Coordinate> points = new ArrayList<>();
        if (!list.isArray()) {
            throw groups.refuse("has an outline that is not a list of points");
        }
        for (JsonNode point : list) {
            if (!point.isArray() || !point.path(0).isNumber() || !point.path(1).isNumber()) {
                String text = point.toString();
                throw groups.refuse(
                        "has a point that is not [x, y]: " + text.substring(0, Math.min(40, text.length())));
            }
            points.add(new Coordinate(point.get(0).asDouble(), point.get(1).asDouble()));
        }
        return points;
    }
}
