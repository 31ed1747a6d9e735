package slidefield.nic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * The folder of a compressed slide before anything is encoded: whether it may be written to, and what to go on from.
 *
 * <p>Only functions; one process at a time writes to a folder.
 */
final class CompressionFolder {
    private static final String JOURNAL = ".journal";

    private CompressionFolder() {}

    /**
     * Begins, or finds where to go on: {@code grid.json} is on disk then, and nothing beside it that was left half-written or is
     * of another compression.
     */
    static GridIndex begin(Path folder, GridIndex fresh, IfExists choice) {
        Optional<GridIndex> found = existing(folder, fresh, choice);
        OutputFolder.make(folder);
        leftovers(folder).forEach(CompressionFolder::delete);
        GridIndex index = found.orElse(fresh);
        if (found.isEmpty()) {
            // In this order no journal of before is ever taken for one of the new grid, whenever the process is killed.
            deleteJournals(folder);
            fresh.write(folder);
        }
        GridOrientation.all().stream()
                .filter(orientation -> !index.has(orientation))
                .forEach(orientation -> delete(folder.resolve(GridIndex.array(orientation))));
        return index;
    }

    /**
     * Changes nothing.
     *
     * @return what is there to go on from; empty where all begins anew
     * @throws InputException if the folder holds something else, or it must not be gone on with or replaced
     *     unasked, or an array is missing or cut
     */
    static Optional<GridIndex> existing(Path folder, GridIndex fresh, IfExists choice) {
        OutputFolder.require(folder);
        boolean there = Files.exists(folder.resolve(GridIndex.FILE));
        if (!there
                && Files.exists(folder)
                && inside(folder).size() > leftovers(folder).size()) {
            throw new InputException(folder + " exists and is no compressed slide; choose another --out");
        }
        if (there && choice == IfExists.REFUSE) {
            throw new InputException(
                    folder + " holds a compressed slide already; go on with --resume, or replace it with --force");
        }
        if (!there && choice == IfExists.RESUME) {
            throw new InputException(folder + " holds no compressed slide to go on with; leave --resume out to begin");
        }
        if (!there || choice == IfExists.REPLACE) {
            return Optional.empty();
        }
        GridIndex found = GridIndex.read(folder);
        if (!found.empty().equals(fresh)) {
            throw new InputException(folder
                    + " was compressed otherwise (slide, encoder, precision, resolution, stride or tissue rule; see its "
                    + GridIndex.FILE + "); go on with the same, or replace it with --force");
        }
        if (!found.rowChecksums().isEmpty()) {
            CompressedSlide.open(folder).requireArrays();
        }
        return Optional.of(found);
    }

    /** Where the codes of an orientation are kept until its array is written. */
    static Path journal(Path folder, GridOrientation orientation) {
        return folder.resolve(GridIndex.array(orientation) + JOURNAL);
    }

    static void deleteJournals(Path folder) {
        GridOrientation.all().forEach(orientation -> delete(journal(folder, orientation)));
    }

    /** What a killed process left half-written. */
    private static List<Path> leftovers(Path folder) {
        return inside(folder).stream().filter(WholeFile::isTemporary).toList();
    }

    private static List<Path> inside(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failure) {
            throw new InputException(folder + " is not a folder that can be read; choose another --out", failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new InputException("cannot delete " + file + ": " + failure.getMessage(), failure);
        }
    }
}
