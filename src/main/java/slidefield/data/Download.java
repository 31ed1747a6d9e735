package slidefield.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import slidefield.io.InputException;

/**
 * Downloads files over HTTP, verified and resumable. The bytes gather in {@code NAME.part}; only a whole file with the
 * expected size and sha256 gets its final name. A download that was cut goes on where it ended if the server still has
 * the same file (range request with If-Range, RFC 9110 sections 13.1.5 and 14), and begins again otherwise. A web page
 * that a server sends in its place is not taken for the file, unless its sha256 is the manifest's.
 */
public final class Download {
    private static final String PAGE = ", found a web page (HTML): is a login or a consent asked for?";

    private final DownloadOptions options;
    private final Requests requests;

    /** @param options how patient it is */
    public Download(DownloadOptions options) {
        this.options = options;
        requests = new Requests(options);
    }

    /**
     * What to get.
     *
     * @param url an http or https address
     * @param bytes the file's size, or null where it is not known
     * @param sha256 of the file in lower case, or null where it is not known
     */
    public record Wanted(String url, Long bytes, String sha256) {
        /** @throws InputException if a value cannot be used */
        public Wanted {
            Rules.url("url", Rules.present("url", url, "an http or https address"));
            Rules.bytes("bytes", bytes);
            sha256 = Rules.sha256("sha256", sha256);
        }
    }

    /**
     * Gets a file. What is at the target is replaced, once the new file is whole and right.
     *
     * @param wanted what to get
     * @param target its final name; folders are made
     * @param listener told how it goes
     * @return what came, as recorded beside the file
     * @throws NotFetchedException if the server refuses it, or has another file than the one wanted
     * @throws InputException if the host is not known, the server keeps failing, or the disk is full
     * @throws CancellationException if the thread is interrupted; what came is kept
     */
    public Origin get(Wanted wanted, Path target, DownloadListener listener) {
        try (PartFile part = PartFile.open(target)) {
            String sha256;
            for (boolean again = false; ; again = true) {
                if (!part.isWhole() || !part.state().url().equals(wanted.url())) {
                    transfer(wanted, part, listener);
                }
                sha256 = Verified.sha256(part.path());
                String wrong = difference(wanted, part, sha256);
                if (wrong == null) {
                    break;
                }
                boolean joined = part.joined();
                writing(part, part::discard);
                if (again || !joined) {
                    throw new NotFetchedException(wanted.url() + ": " + wrong
                            + "; it was not kept: the server has another file than the manifest names");
                }
                listener.notice(target.getFileName() + ": " + wrong + "; beginning again");
            }
            Origin origin =
                    new Origin(wanted.url(), part.size(), sha256, part.state().version());
            writing(part, part::publish);
            origin.write(target);
            return origin;
        }
    }

    private static String difference(Wanted wanted, PartFile part, String sha256) {
        if (wanted.bytes() != null && part.size() != wanted.bytes()) {
            return "expected " + wanted.bytes() + " bytes, found " + part.size()
                    + (WebPage.is(part.path()) ? PAGE : "");
        }
        if (wanted.sha256() != null && !sha256.equals(wanted.sha256())) {
            return "expected sha256 " + wanted.sha256() + ", found " + sha256 + (WebPage.is(part.path()) ? PAGE : "");
        }
        if (wanted.sha256() == null && WebPage.is(part.path())) {
            return "expected the file" + PAGE;
        }
        return part.size() == 0 ? "found an empty file" : null;
    }

    /** Asks until every byte is there. */
    private void transfer(Wanted wanted, PartFile part, DownloadListener listener) {
        int failures = 0;
        while (true) {
            long before = part.size();
            try {
                exchange(wanted, part, listener);
                return;
            } catch (PassingFailure failure) {
                failures = part.size() > before ? 1 : failures + 1;
                if (failures >= options.attempts()) {
                    throw new InputException(wanted.url() + ": " + failure.getMessage() + " (" + failures
                            + " times in a row); what came is kept, try again later");
                }
                Duration pause = options.pause(failures, failure.asked());
                listener.notice(wanted.url() + ": " + failure.getMessage() + "; trying again in " + text(pause));
                sleep(wanted, pause);
            }
        }
    }

    private static void sleep(Wanted wanted, Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stop) {
            throw stopped(wanted);
        }
    }

    private static CancellationException stopped(Wanted wanted) {
        // For whoever waits on this thread.
        Thread.currentThread().interrupt();
        return new CancellationException("fetching " + wanted.url() + " was stopped; what came is kept");
    }

    static String text(Duration duration) {
        return duration.toMillis() / 1e3 + " s";
    }

    /** One request and its answer. Returns when every byte is there. */
    private void exchange(Wanted wanted, PartFile part, DownloadListener listener) throws PassingFailure {
        if (part.size() > 0 && !isUsable(wanted, part)) {
            writing(part, part::discard);
        }
        try (ResponseBody body = send(wanted, part)) {
            Answer answer = Answer.of(body.info());
            if (answer.status() == 416 && part.size() > 0) {
                if (answer.total() == part.size()) {
                    return;
                }
                writing(part, part::discard);
                throw new PassingFailure("the file there is shorter than what had come of it");
            }
            answer.refuse(wanted.url());
            if (answer.mayPass()) {
                throw new PassingFailure("the server failed with status " + answer.status(), answer.retryAfter());
            }
            answer.checkSize(wanted, options.mostBytes());
            if (answer.status() == 206) {
                if (part.size() == 0) {
                    throw new PassingFailure("the server sends a part that nobody asked for");
                }
                if (!answer.continues(part)) {
                    writing(part, part::discard);
                    throw new PassingFailure("the file there has changed");
                }
                part.resume();
            } else {
                PartFile.State state = new PartFile.State(wanted.url(), answer.version(), answer.total());
                writing(part, () -> part.begin(state));
            }
            checkRoom(part, answer);
            receive(wanted, part, answer, body, listener);
        }
    }

    /** Without a version, only a checksum can tell whether old and new bytes belong together. */
    private static boolean isUsable(Wanted wanted, PartFile part) {
        PartFile.State state = part.state();
        return wanted.url().equals(state.url()) && (state.version() != null || wanted.sha256() != null);
    }

    private ResponseBody send(Wanted wanted, PartFile part) throws PassingFailure {
        try {
            return requests.send(wanted.url(), part);
        } catch (InterruptedException stop) {
            throw stopped(wanted);
        }
    }

    private void receive(Wanted wanted, PartFile part, Answer answer, ResponseBody body, DownloadListener listener)
            throws PassingFailure {
        long most = wanted.bytes() != null ? wanted.bytes() : options.mostBytes();
        listener.begin(part.name(), part.size(), answer.total());
        try {
            for (List<ByteBuffer> piece = body.next(options.patience());
                    piece != null;
                    piece = body.next(options.patience())) {
                for (ByteBuffer bytes : piece) {
                    int count = bytes.remaining();
                    if (part.size() + count > most) {
                        writing(part, part::discard);
                        throw new NotFetchedException(wanted.url() + ": sends more than the " + most + " bytes "
                                + (wanted.bytes() != null ? "that the manifest names" : "that are taken unasked"));
                    }
                    writing(part, () -> part.append(bytes));
                    listener.received(count);
                }
            }
        } catch (InterruptedException | CancellationException stop) {
            throw stopped(wanted);
        } catch (IOException failure) {
            throw new PassingFailure("the connection broke" + Requests.because(failure));
        } finally {
            listener.end();
        }
        if (answer.total() >= 0 && part.size() < answer.total()) {
            throw new PassingFailure("the connection ended after " + part.size() + " of " + answer.total() + " bytes");
        }
    }

    private static void checkRoom(PartFile part, Answer answer) {
        try {
            long left = Files.getFileStore(part.path()).getUsableSpace();
            long needed = answer.total() - part.size();
            if (needed > left) {
                throw new InputException("cannot write " + part.path() + ": " + needed + " bytes are still to come, "
                        + left + " are left on the disk; make room, or choose another --dest");
            }
        } catch (IOException unknown) {
            // Then writing will tell.
        }
    }

    /** A step that writes to the disk. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void writing(PartFile part, Writing step) {
        try {
            step.run();
        } catch (IOException failure) {
            throw new InputException(
                    "cannot write " + part.path() + ": " + failure.getMessage() + " (" + part.size()
                            + " bytes are there, " + part.path().toFile().getUsableSpace() + " are left on the disk)",
                    failure);
        }
    }
}
