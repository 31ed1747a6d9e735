package slidefield;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A disk that is as full as a test wants: a small tmpfs of its own with something else on it, or, where nothing may be
 * mounted, a limit on the size of the files that this process writes.
 */
final class FullDisk implements AutoCloseable {
    /** What a tmpfs gives room by. */
    static final int PAGE = 4096;

    /** The file that takes the room. */
    static final String BALLAST = "ballast";

    private static final int PAGES = 1024;

    private final Path folder;
    private final boolean mounted;

    private FullDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** Mounts one at a folder; empty where that is not allowed. */
    static Optional<FullDisk> mounted(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + PAGES * PAGE, "tmpfs", folder.toString());
        return mounted ? Optional.of(new FullDisk(folder, true)) : Optional.empty();
    }

    /** A folder whose files can be limited; empty where there is no prlimit (Linux has it). */
    static Optional<FullDisk> limited(Path folder) throws IOException {
        Files.createDirectories(folder);
        return limit("unlimited") ? Optional.of(new FullDisk(folder, false)) : Optional.empty();
    }

    private static boolean limit(String bytes) {
        return run("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--fsize=" + bytes + ":");
    }

    /** Where files are written to. */
    Path folder() {
        return folder;
    }

    /** What the system says when there is no room. */
    String says() {
        return mounted ? "no space left" : "file too large";
    }

    /** Whether all files together have the room, and not each of them. */
    boolean isShared() {
        return mounted;
    }

    /** Leaves room for so many pages. */
    void leave(int pages) throws IOException {
        long wanted = (long) pages * PAGE;
        if (!mounted) {
            limit(Long.toString(wanted));
            return;
        }
        Path ballast = folder.resolve(BALLAST);
        Files.deleteIfExists(ballast);
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < wanted) {
            throw new IllegalArgumentException("the disk is too small for " + pages + " pages");
        }
        Files.write(ballast, new byte[(int) (room - wanted)]);
        if (Files.getFileStore(folder).getUsableSpace() != wanted) {
            throw new IllegalStateException(Files.getFileStore(folder).getUsableSpace() + " bytes are free");
        }
    }

    @Override
    public void close() {
        if (!mounted) {
            limit("unlimited");
        } else if (!run("umount", folder.toString())) {
            run("umount", "-l", folder.toString());
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
