package slidefield.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import slidefield.io.InputException;

/**
 * Brings the files of a manifest into the data root: what is there and right is used as it is, the rest is downloaded
 * or, where the manifest describes a synthetic slide, drawn.
 */
public final class Fetch {
    private final DataRoot data;
    private final Download download;

    /**
     * @param data where files are looked for; new ones go to its {@link DataRoot#destination()}
     * @param options how patient downloads are
     */
    public Fetch(DataRoot data, DownloadOptions options) {
        this.data = data;
        download = new Download(options);
    }

    /** How a file came to be where it is. */
    public enum How {
        /** It was there. */
        PRESENT,
        /** It was downloaded. */
        FETCHED,
        /** It was drawn. */
        DRAWN
    }

    /** How sure it is that a file is the manifest's. */
    public enum Assurance {
        /** Its sha256 is the manifest's, or it was drawn from the manifest's seed. */
        VERIFIED,
        /** The manifest knows no sha256. The file is what it was when it was fetched. */
        UNCHANGED,
        /** The manifest knows no sha256, and nothing is recorded of the file. */
        UNVERIFIED
    }

    /**
     * A file that is there now.
     *
     * @param file where it is
     * @param bytes its size
     * @param how it came there
     * @param assurance how sure it is the right one
     */
    public record Fetched(Path file, long bytes, How how, Assurance assurance) {}

    /**
     * Sees to it that a file is there.
     *
     * @param item which
     * @param listener told how a download goes
     * @throws NotFetchedException if this file cannot be had as the manifest describes it
     * @throws InputException if the network, the disk or the destination fails
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what came is kept
     */
    public Fetched get(FetchItem item, DownloadListener listener) {
        if (item.synthetic() != null) {
            return draw(item.synthetic());
        }
        Optional<Path> existing = data.existing(item.path());
        if (existing.isPresent()) {
            return check(item, existing.get());
        }
        if (item.url() == null) {
            throw new NotFetchedException("no file " + item.path() + ", and the manifest names no url to fetch it from;"
                    + " put it into " + data.destination());
        }
        Path target = inside(data.destination(), item.path());
        Origin origin = download.get(new Download.Wanted(item.url(), item.bytes(), item.sha256()), target, listener);
        return new Fetched(
                target, origin.bytes(), How.FETCHED, item.sha256() == null ? Assurance.UNVERIFIED : Assurance.VERIFIED);
    }

    private Fetched draw(SlideEntry entry) {
        GeneratedSlide slide = new GeneratedSlide(entry, data.generated());
        boolean there = slide.isDrawn();
        slide.ensure(done -> {});
        Path file = slide.slide();
        return new Fetched(file, Verified.size(file), there ? How.PRESENT : How.DRAWN, Assurance.VERIFIED);
    }

    private static Fetched check(FetchItem item, Path file) {
        try {
            Verified.check(file, item.bytes(), item.sha256());
        } catch (InputException different) {
            throw new NotFetchedException(different.getMessage());
        }
        if (item.sha256() != null) {
            return new Fetched(file, Verified.size(file), How.PRESENT, Assurance.VERIFIED);
        }
        Optional<Origin> origin = Origin.of(file);
        if (origin.isPresent() && !Verified.sha256(file).equals(origin.get().sha256())) {
            throw new NotFetchedException(file + " has changed since it was fetched from "
                    + origin.get().source() + " (" + Origin.file(file).getFileName()
                    + " says how it was); remove it and fetch it again");
        }
        return new Fetched(
                file,
                Verified.size(file),
                How.PRESENT,
                origin.isPresent() ? Assurance.UNCHANGED : Assurance.UNVERIFIED);
    }

    /**
     * The place of a new file.
     *
     * @throws InputException if it lies outside the destination, also by way of a link
     */
    static Path inside(Path destination, String relative) {
        Path target = destination.resolve(Rules.relativePath("path", relative));
        try {
            Files.createDirectories(destination);
            Path folder = target.getParent();
            while (!Files.exists(folder)) {
                folder = folder.getParent();
            }
            if (!folder.toRealPath().startsWith(destination.toRealPath())) {
                throw new InputException(target + " leads out of " + destination + " by a link; remove the link");
            }
            return target;
        } catch (IOException failure) {
            throw new InputException("cannot write to " + destination + ": " + failure.getMessage(), failure);
        }
    }
}
