package slidefield.nic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import slidefield.io.InputException;

/** Finds compressed slides in folders. */
public final class CompressedSlides {
    private CompressedSlides() {}

    /** Whether a folder holds a compressed slide, to the end or not. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(GridIndex.FILE));
    }

    /**
     * Opens compressed slides; codes are read when they are asked for.
     *
     * @param paths folders of a compressed slide, or folders that hold some
     * @param wanted tells by their names which ones
     * @return those that are wanted in the paths' order, within a folder by name; maybe none
     * @throws InputException if a path holds none at all, one cannot be opened, or two that are wanted have the same name
     */
    public static List<CompressedSlide> find(List<Path> paths, Predicate<String> wanted) {
        List<CompressedSlide> found = new ArrayList<>();
        for (Path path : paths) {
            for (Path each : isOne(path) ? List.of(path) : inside(path)) {
                CompressedSlide slide = CompressedSlide.open(each);
                if (!wanted.test(slide.name())) {
                    continue;
                }
                if (found.stream().anyMatch(other -> other.name().equals(slide.name()))) {
                    throw new InputException(
                            "slide " + slide.name() + " is given twice (" + each + "); give each once");
                }
                found.add(slide);
            }
        }
        return found;
    }

    private static List<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is no folder of compressed slides; make one with compress");
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> found = all.filter(CompressedSlides::isOne).sorted().toList();
            if (found.isEmpty()) {
                throw new InputException(folder + " holds no compressed slide (no " + GridIndex.FILE
                        + " in it or in its folders); make one with compress");
            }
            return found;
        } catch (IOException failure) {
            throw new InputException("cannot read " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
