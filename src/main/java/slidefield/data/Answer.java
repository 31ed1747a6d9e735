package slidefield.data;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says before the bytes come.
 *
 * @param status of HTTP
 * @param version a strong name of this version of the file: its ETag, else Last-Modified, else null
 * @param from the first byte that comes; -1 where a part comes and the server does not say which
 * @param total bytes of the whole file, or -1
 * @param retryAfter the pause that the server asks for, or zero
 * @param location where it redirects to, or null
 */
record Answer(int status, String version, long from, long total, Duration retryAfter, String location) {
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)");

    static Answer of(HttpResponse.ResponseInfo response) {
        HttpHeaders headers = response.headers();
        int status = response.statusCode();
        long from = 0;
        long total = length(headers);
        if (status == 206 || status == 416) {
            Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
            boolean known = range.matches();
            from = known && range.group(1) != null ? Long.parseLong(range.group(1)) : -1;
            total = known && range.group(2) != null ? Long.parseLong(range.group(2)) : -1;
        }
        return new Answer(
                status,
                version(headers),
                from,
                total,
                retryAfter(headers),
                headers.firstValue("Location").orElse(null));
    }

    private static long length(HttpHeaders headers) {
        try {
            return headers.firstValueAsLong("Content-Length").orElse(-1);
        } catch (NumberFormatException nonsense) {
            return -1;
        }
    }

    /** A weak ETag names files that are alike, not equal. */
    private static String version(HttpHeaders headers) {
        String tag = headers.firstValue("ETag").orElse("");
        return tag.startsWith("\"") ? tag : headers.firstValue("Last-Modified").orElse(null);
    }

    /** Only seconds; a date is left to the client's own patience. */
    private static Duration retryAfter(HttpHeaders headers) {
        String asked = headers.firstValue("Retry-After").orElse("").strip();
        return asked.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(asked)) : Duration.ZERO;
    }

    /** Whether trying again may help. */
    boolean mayPass() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** Whether the bytes that come follow those of a part. */
    boolean continues(PartFile part) {
        PartFile.State state = part.state();
        boolean sameTotal = total < 0 || state.total() < 0 || total == state.total();
        return from == part.size() && sameTotal && sameVersion(state.version());
    }

    private boolean sameVersion(String known) {
        boolean comparable = version != null && known != null && version.startsWith("\"") == known.startsWith("\"");
        return !comparable || version.equals(known);
    }

    /**
     * Checks that the file comes.
     *
     * @param url asked for
     * @throws NotFetchedException if it does not and will not
     */
    void refuse(String url) {
        if (status == 200 || status == 206 || mayPass()) {
            return;
        }
        if (status >= 300 && status < 400) {
            throw new NotFetchedException(url + ": redirects to " + Rules.quoted(location)
                    + ", which is not followed; correct the url in the manifest");
        }
        String meaning =
                switch (status) {
                    case 401, 403 -> "access denied";
                    case 404 -> "no such file";
                    case 410 -> "the file is gone";
                    default -> "no file";
                };
        throw new NotFetchedException(url + ": " + meaning + " (status " + status + "); check the url in the manifest");
    }

    /**
     * Checks the size that is announced.
     *
     * @param most the largest file that is taken where the manifest does not name a size
     * @throws NotFetchedException if it is not the manifest's, or more than is taken
     */
    void checkSize(Download.Wanted wanted, long most) {
        if (total >= 0 && wanted.bytes() != null && total != wanted.bytes()) {
            throw new NotFetchedException(wanted.url() + ": the manifest names " + wanted.bytes()
                    + " bytes, the server has " + total + ": another file, or another version of it");
        }
        if (total > most && wanted.bytes() == null) {
            throw new NotFetchedException(wanted.url() + ": the server has " + total + " bytes, more than the " + most
                    + " that are taken where the manifest names no size");
        }
    }
}
