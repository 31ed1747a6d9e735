package slidefield.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A data root and what lies around it: a test looks at all of it before and after, and nothing but the data root may
 * have changed.
 */
final class Surroundings {
    private final Path world;
    private final Path data;
    private final Map<String, String> before;

    /** Makes a world around {@code data}: neighbours, files of the same names one folder up, a home. */
    Surroundings(Path world) {
        this.world = world;
        data = world.resolve("home/user/data");
        try {
            Files.createDirectories(data);
            for (String name :
                    new String[] {"a.tif", "slide.tif", "home/a.tif", "home/user/a.tif", "home/user/.profile"}) {
                Files.writeString(world.resolve(name), "mine");
            }
            Files.createDirectories(world.resolve("home/user/data-other"));
            Files.createDirectories(world.resolve("etc"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        before = outside();
    }

    Path data() {
        return data;
    }

    Path world() {
        return world;
    }

    /** What lies outside the data root and differs from before: empty if nothing was written, changed or removed. */
    String touched() {
        Map<String, String> after = outside();
        return after.equals(before) ? "" : "before: " + before + ", after: " + after;
    }

    /** Every path inside the data root, relative to it. */
    Map<String, String> inside() {
        return contents(data, path -> true);
    }

    private Map<String, String> outside() {
        return contents(world, path -> !path.startsWith(data));
    }

    private static Map<String, String> contents(Path folder, java.util.function.Predicate<Path> which) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(which).toList()) {
                boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                found.put(folder.relativize(path).toString(), file ? Verified.sha256(path) : "no file");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }
}
