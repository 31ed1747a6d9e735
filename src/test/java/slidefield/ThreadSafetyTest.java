package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every public class with objects of its own says in its Javadoc what several threads may do with one. */
@Tag("alone")
class ThreadSafetyTest {
    private static final Path SOURCES = Path.of("src/main/java/slidefield");
    private static final Set<String> PACKAGES = Set.of("slide", "field", "fit", "patch");
    private static final Pattern TYPE = Pattern.compile(
            "^public (?:final |abstract |sealed |non-sealed )*(?:class|interface) (\\w+)", Pattern.MULTILINE);

    /** Only static methods: nothing that threads could share. */
    private static boolean hasObjects(String source, String name) {
        return !Pattern.compile("private " + name + "\\(\\) *\\{")
                .matcher(source)
                .find();
    }

    /** The last Javadoc before the type. */
    private static String javadoc(String source, int type) {
        int end = source.lastIndexOf("*/", type);
        int start = source.lastIndexOf("/**", end);
        return start < 0 ? "" : source.substring(start, end);
    }

    @Test
    void everyPublicClassSaysWhatThreadsMayDo() throws IOException {
        // given
        List<String> silent = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                String source = Files.readString(file);
                Matcher type = TYPE.matcher(source);
                if (!PACKAGES.contains(SOURCES.relativize(file).getName(0).toString()) || !type.find()) {
                    continue;
                }
                // when
                if (hasObjects(source, type.group(1)) && !type.group(1).endsWith("Exception")) {
                    seen++;
                    String doc = javadoc(source, type.start());
                    if (!doc.contains("thread-safe") && !doc.contains("several threads")) {
                        silent.add(SOURCES.relativize(file).toString());
                    }
                }
            }
        }
        // then
        assertEquals(List.of(), silent, "say whether it is thread-safe: one sentence in the Javadoc");
        assertTrue(seen > 30, "only " + seen + " classes seen");
    }
}
