package slidefield.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import slidefield.io.InputException;

/** Tells a web page by its beginning: what it is called, by its server or its name, proves nothing. */
final class WebPage {
    /** Bytes that are looked at: comments may come first. */
    private static final int HEAD = 4096;

    private WebPage() {}

    /**
     * @param file to look at
     * @return whether it begins as HTML does
     * @throws InputException if it cannot be read
     */
    static boolean is(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return isPage(head.toLowerCase(Locale.ROOT).replace("\uFEFF", "").strip());
        } catch (IOException unreadable) {
            throw new InputException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** After an XML declaration and comments: a document type of HTML, or its root element. */
    private static boolean isPage(String head) {
        String rest = head;
        while (rest.startsWith("<?xml") || rest.startsWith("<!--")) {
            String end = rest.startsWith("<?") ? "?>" : "-->";
            int at = rest.indexOf(end);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + end.length()).strip();
        }
        return rest.startsWith("<html") || rest.startsWith("<!doctype html");
    }
}
