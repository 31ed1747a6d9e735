package slidefield.data;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one file on this machine that behaves, or misbehaves, as a test wants. */
public final class FileServer implements AutoCloseable {
    /** What it does with one request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(FileServer server, HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Behaviour> next = new ArrayDeque<>();
    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private volatile byte[] content;
    private volatile String etag;
    private volatile boolean ranges = true;
    private volatile boolean honoursIfRange = true;

    public FileServer(byte[] content, String etag) {
        this.content = content;
        this.etag = etag;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/slide.tif";
    }

    /** The next requests, in turn; after them the file is served well. */
    public FileServer then(Behaviour... behaviours) {
        next.addAll(List.of(behaviours));
        return this;
    }

    FileServer now(byte[] other, String otherTag) {
        content = other;
        etag = otherTag;
        return this;
    }

    FileServer withoutRanges() {
        ranges = false;
        return this;
    }

    FileServer ignoringIfRange() {
        honoursIfRange = false;
        return this;
    }

    public int requests() {
        return requests.size();
    }

    /** A header of a request, from 0. */
    String header(int request, String name) {
        return requests.get(request).getFirst(name);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers copy = new Headers();
        copy.putAll(exchange.getRequestHeaders());
        requests.add(copy);
        Behaviour behaviour;
        synchronized (next) {
            behaviour = next.poll();
        }
        try (exchange) {
            if (behaviour == null) {
                serve(exchange);
            } else {
                behaviour.answer(this, exchange);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        int from = begin(exchange, ranges);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content, from, content.length - from);
        }
    }

    /** Sends the header of the whole file, or of its rest. */
    private int begin(HttpExchange exchange, boolean partly) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        boolean same = !honoursIfRange || condition == null || condition.equals(etag);
        int from = partly && range != null && same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        if (from > 0 && from >= content.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            return content.length;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        return from;
    }

    /** Announces the whole file and ends the connection early. */
    static Behaviour cutAfter(int bytes) {
        return (server, exchange) -> {
            int from = server.begin(exchange, server.ranges);
            exchange.getResponseBody().write(server.content, from, bytes);
            exchange.getResponseBody().flush();
        };
    }

    /** Announces the whole file, sends some of it and then nothing, until the server closes. */
    static Behaviour stallAfter(int bytes) {
        return (server, exchange) -> {
            int from = server.begin(exchange, server.ranges);
            exchange.getResponseBody().write(server.content, from, bytes);
            exchange.getResponseBody().flush();
            try {
                server.closed.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** A status without a body, with headers as name, value, name, value. */
    public static Behaviour status(int status, String... headers) {
        return (server, exchange) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Bytes without an announced length. */
    static Behaviour chunked(int bytes) {
        return (server, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] piece = new byte[1000];
                Arrays.fill(piece, (byte) 7);
                for (int sent = 0; sent < bytes; sent += piece.length) {
                    out.write(piece);
                }
            }
        };
    }

    /** Another body than the file's, of a named type where there is one. */
    static Behaviour page(byte[] body, String type) {
        return page(body, type, true);
    }

    /** The same, its length announced or not. */
    static Behaviour page(byte[] body, String type, boolean announced) {
        return (server, exchange) -> {
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            exchange.sendResponseHeaders(200, !announced ? 0 : body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        };
    }

    /** The file under a name of the server's own. */
    static Behaviour named(String disposition) {
        return (server, exchange) -> {
            exchange.getResponseHeaders().set("Content-Disposition", disposition);
            server.serve(exchange);
        };
    }

    /** A body that claims to be a certain part of the file. */
    static Behaviour part(String range, byte[] body) {
        return (server, exchange) -> {
            exchange.getResponseHeaders().set("Content-Range", range);
            exchange.sendResponseHeaders(206, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
