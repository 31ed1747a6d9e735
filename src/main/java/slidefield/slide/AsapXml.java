package slidefield.slide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.locationtech.jts.geom.Coordinate;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the XML of ASAP, CAMELYON's annotation program: {@code Annotation} elements with {@code PartOfGroup} and
 * {@code Coordinate} children in level-0 pixels. Document types, entities and references to other files are refused.
 */
final class AsapXml {
    private AsapXml() {}

    /**
     * Reads every polygon.
     *
     * @param bytes the file
     * @param groups receives the polygons
     * @throws slidefield.io.InputException if it is not ASAP XML, or damaged; names the line
     */
    static void read(byte[] bytes, LesionGroups groups) {
        Handler handler = new Handler(groups);
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setXIncludeAware(false);
            SAXParser parser = factory.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            parser.parse(new InputSource(new ByteArrayInputStream(bytes)), handler);
        } catch (SAXParseException damaged) {
            throw groups.refuse("is not readable XML at line " + damaged.getLineNumber() + ": "
                    + String.valueOf(damaged.getMessage()).lines().findFirst().orElse(""));
        } catch (SAXException | IOException | ParserConfigurationException damaged) {
            throw groups.refuse("is not readable XML: " + damaged.getMessage());
        }
        if (!handler.seen) {
            throw groups.refuse("is XML, but not ASAP's: expected a root element ASAP_Annotations");
        }
    }

    private record Point(double order, Coordinate at) {}

    private static final class Handler extends DefaultHandler {
        private final LesionGroups groups;
        private Locator locator;
        private boolean seen;
        private String group;
        private String type;
        private List<Point> points;

        Handler(LesionGroups groups) {
            this.groups = groups;
        }

        @Override
        public void setDocumentLocator(Locator locator) {
            this.locator = locator;
        }

        @Override
        public void error(SAXParseException failure) throws SAXException {
            throw failure;
        }

        @Override
        public void startElement(String uri, String local, String name, Attributes attributes) {
            switch (name) {
                case "ASAP_Annotations" -> seen = true;
                case "Annotation" -> {
                    String part = attributes.getValue("PartOfGroup");
                    group = part == null || part.isBlank() ? null : part;
                    type = attributes.getValue("Type");
                    points = new ArrayList<>();
                }
                case "Coordinate" -> {
                    if (points != null) {
                        double order =
                                attributes.getValue("Order") == null ? points.size() : number(attributes, "Order");
                        points.add(new Point(order, new Coordinate(number(attributes, "X"), number(attributes, "Y"))));
                    }
                }
                default -> {
                    // Groups and attributes carry nothing about the outline.
                }
            }
        }

        @Override
        public void endElement(String uri, String local, String name) {
            if (!name.equals("Annotation") || points == null) {
                return;
            }
            boolean outline =
                    type == null || List.of("Polygon", "Rectangle", "Spline").contains(type);
            if (outline) {
                points.sort(Comparator.comparingDouble(Point::order));
                groups.add(group, points.stream().map(Point::at).toList(), List.of());
                if ("Spline".equals(type)) {
                    groups.note("splines are read as polygons through their points");
                }
            } else {
                groups.note("left out annotations of type " + type);
            }
            points = null;
        }

        private double number(Attributes attributes, String name) {
            String text = attributes.getValue(name);
            try {
                return Double.parseDouble(text == null ? "" : text.strip());
            } catch (NumberFormatException notANumber) {
                throw groups.refuse("has a Coordinate whose " + name + " is "
                        + (text == null ? "missing" : "\"" + text + "\"") + " at line "
                        + (locator == null ? "?" : locator.getLineNumber()) + ": expected a number");
            }
        }
    }
}
