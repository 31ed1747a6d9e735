package slidefield.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.io.InputException;

/** Checks a folder that results will go to before the work that leads to them. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * @param folder may be absent, as may its parents
     * @throws InputException if it or the nearest parent that exists is a file, or may not be written
     */
    public static void require(Path folder) {
        Path at = folder.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        if (at != null && !Files.isDirectory(at)) {
            throw new InputException(
                    "cannot write to " + folder + ": " + at + " is not a folder; choose another --out");
        }
        if (at != null && !Files.isWritable(at)) {
            throw new InputException(
                    "cannot write to " + folder + ": " + at + " may not be written; choose another --out");
        }
    }

    /**
     * Makes a folder and its parents where they are not there.
     *
     * @throws InputException if it cannot be made
     */
    public static void make(Path folder) {
        require(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new InputException(
                    "cannot make the folder " + folder + ": "
                            + failure.getClass().getSimpleName() + "; choose another --out",
                    failure);
        }
    }
}
