package slidefield.data;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, piece by piece. Unlike the runtime's stream it gives up when no piece comes in time, and it
 * can be left at any place.
 */
final class ResponseBody implements BodySubscriber<ResponseBody>, AutoCloseable {
    /** Pieces that may be on their way at once, each of some 16 KiB. */
    private static final int AHEAD = 16;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ResponseInfo info;
    private Flow.Subscription subscription;
    private boolean closed;

    /** @param info what comes before the body */
    ResponseBody(ResponseInfo info) {
        this.info = info;
    }

    /** A piece, or where {@code buffers} is null the end, with a failure if there was one. */
    private record Event(List<ByteBuffer> buffers, Throwable failure) {}

    /** The status and headers that came before it. */
    ResponseInfo info() {
        return info;
    }

    /** Whether these are bytes of the file that was asked for, not a server's words. */
    boolean hasFile() {
        return info.statusCode() == 200 || info.statusCode() == 206;
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean late;
        synchronized (this) {
            subscription = given;
            late = closed;
        }
        if (late) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Event(buffers, null));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event(null, failure));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null));
    }

    /**
     * The next piece.
     *
     * @param patience the longest wait for it
     * @return null after the last
     * @throws HttpTimeoutException if none came in time
     * @throws IOException if the connection broke
     * @throws InterruptedException if this thread was interrupted
     */
    List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        Event event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null) {
            throw new HttpTimeoutException("no byte came for " + Download.text(patience));
        }
        if (event.failure != null) {
            throw new IOException(event.failure.getMessage(), event.failure);
        }
        if (event.buffers != null) {
            subscription().request(1);
        }
        return event.buffers;
    }

    private synchronized Flow.Subscription subscription() {
        return subscription;
    }

    /** Leaves the rest; the connection is dropped where there is one. */
    @Override
    public void close() {
        Flow.Subscription open;
        synchronized (this) {
            closed = true;
            open = subscription;
        }
        if (open != null) {
            open.cancel();
        }
    }
}
