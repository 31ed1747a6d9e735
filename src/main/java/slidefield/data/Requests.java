package slidefield.data;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import slidefield.io.InputException;

/** Asks servers for files, or for the rest of them. */
final class Requests {
    private final DownloadOptions options;
    private final HttpClient client;

    Requests(DownloadOptions options) {
        this.options = options;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(options.connect())
                .build();
    }

    /**
     * Asks for what is still missing of a file, if the server has the same version of it, and for all of it otherwise.
     *
     * @param url http or https
     * @param part what is there
     * @return the answer; has to be read or closed
     * @throws PassingFailure if there is no answer, but may be one later
     * @throws InputException if there will be none
     * @throws NotFetchedException if the server redirects to nowhere
     */
    ResponseBody send(String url, PartFile part) throws PassingFailure, InterruptedException {
        AtomicReference<ResponseBody> begun = new AtomicReference<>();
        try {
            return client.send(request(url, part), info -> {
                        begun.set(new ResponseBody(info));
                        return begun.get();
                    })
                    .body();
        } catch (IllegalArgumentException nonsense) {
            // The client follows redirects itself, and takes the server's word for an address.
            throw new NotFetchedException(url + ": the server redirects to what is no web address" + because(nonsense)
                    + "; correct the url in the manifest");
        } catch (IOException failure) {
            ResponseBody body = begun.get();
            if (body == null || !body.hasFile()) {
                throw passing(url, failure);
            }
            // The connection broke so soon that the client gives no answer any more; what came of the file is here.
            body.onError(failure);
            return body;
        }
    }

    private PassingFailure passing(String url, IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return new PassingFailure("no answer for " + Download.text(options.patience()));
        }
        if (failure instanceof SSLHandshakeException) {
            throw new InputException(url + ": no safe connection: " + failure.getMessage(), failure);
        }
        if (failure instanceof ConnectException && isUnknownHost(failure)) {
            String host = URI.create(url).getHost();
            throw new InputException(
                    "unknown host " + host + "; check the address " + url + " and the network", failure);
        }
        String what = failure instanceof ConnectException ? "no connection" : "the connection broke";
        return new PassingFailure(what + because(failure));
    }

    private HttpRequest request(String url, PartFile part) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(options.patience())
                .header("User-Agent", "slidefield")
                .header("Accept-Encoding", "identity");
        if (part.size() > 0) {
            request.header("Range", "bytes=" + part.size() + "-");
            if (part.state().version() != null) {
                request.header("If-Range", part.state().version());
            }
        }
        return request.GET().build();
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** A failure's own words in brackets; nothing where it has none. */
    static String because(Exception failure) {
        String line = failure.getMessage() == null
                ? ""
                : failure.getMessage().lines().findFirst().orElse("");
        return line.isEmpty() ? "" : " (" + line + ")";
    }
}
