package slidefield;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk that is as full as a test wants: a small tmpfs of its own with something else on it. */
final class FullDisk implements AutoCloseable {
    /** What a tmpfs gives room by. */
    static final int PAGE = 4096;

    /** The file that takes the room. */
    static final String BALLAST = "ballast";

    private static final int PAGES = 1024;

    private final Path mount;

    private FullDisk(Path mount) {
        this.mount = mount;
    }

    /** Mounts one at a folder; empty where that is not allowed. */
    static Optional<FullDisk> at(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + PAGES * PAGE, "tmpfs", folder.toString());
        return mounted ? Optional.of(new FullDisk(folder)) : Optional.empty();
    }

    /** Where files are written to. */
    Path folder() {
        return mount;
    }

    /** Fills the disk until so many pages are free. */
    void leave(int pages) throws IOException {
        Path ballast = mount.resolve(BALLAST);
        Files.deleteIfExists(ballast);
        long room = Files.getFileStore(mount).getUsableSpace();
        if (room < (long) pages * PAGE) {
            throw new IllegalArgumentException("the disk is too small for " + pages + " pages");
        }
        Files.write(ballast, new byte[(int) (room - (long) pages * PAGE)]);
        if (Files.getFileStore(mount).getUsableSpace() != (long) pages * PAGE) {
            throw new IllegalStateException(Files.getFileStore(mount).getUsableSpace() + " bytes are free");
        }
    }

    @Override
    public void close() {
        if (!run("umount", mount.toString())) {
            run("umount", "-l", mount.toString());
        }
    }

    private static boolean run(String... line) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
