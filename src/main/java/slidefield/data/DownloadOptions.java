package slidefield.data;

import java.time.Duration;
import slidefield.io.InputException;

/**
 * How patient a download is.
 *
 * @param connect the longest wait for a connection
 * @param patience the longest wait for an answer, and for each next piece of it
 * @param attempts how often in a row a server may fail without a single new byte, at least 1
 * @param firstWait the pause after the first failure; it doubles with each further one
 * @param longestWait the longest pause, also where the server asks for a longer one
 * @param mostBytes the largest file that is taken where the manifest does not say how large it is
 */
public record DownloadOptions(
        Duration connect, Duration patience, int attempts, Duration firstWait, Duration longestWait, long mostBytes) {
    /** @throws InputException if a value is not positive */
    public DownloadOptions {
        if (connect.isNegative() || connect.isZero() || patience.isNegative() || patience.isZero()) {
            throw new InputException("a download waits for more than 0 s, found " + connect + " and " + patience);
        }
        if (attempts < 1 || mostBytes < 1) {
            throw new InputException(
                    "a download has at least 1 attempt and 1 byte, found " + attempts + " and " + mostBytes);
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new InputException(
                    "expected pauses from 0 s on, the longest last, found " + firstWait + " and " + longestWait);
        }
    }

    /** 20 s for a connection, a minute for each piece, six attempts after 1, 2, 4, ... 60 s, files up to 64 GB. */
    public static DownloadOptions defaults() {
        return new DownloadOptions(
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                6,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                64_000_000_000L);
    }

    /**
     * The pause after some failures in a row.
     *
     * @param failures at least 1
     * @param asked what the server asked for, or zero
     */
    Duration pause(int failures, Duration asked) {
        Duration doubled = firstWait.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration wanted = doubled.compareTo(asked) < 0 ? asked : doubled;
        return wanted.compareTo(longestWait) < 0 ? wanted : longestWait;
    }
}
