package slidefield.kernel;

import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.ZMQ;

/**
 * {@code System.in} of the cells: asks the front end for a line. The socket belongs to a thread of the kernel's own,
 * for the reason that {@link Outbox} gives; a cell that waits for input can be interrupted.
 */
final class CellInput extends InputStream {
    private final StdinChannel socket;
    private final Outbox outbox;
    private final ExecutorService asker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kernel-input");
        thread.setDaemon(true);
        return thread;
    });
    private volatile MessageContext context;
    private volatile boolean allowed;
    private byte[] line = new byte[0];
    private int next;

    CellInput(StdinChannel socket, Outbox outbox) {
        this.socket = socket;
        this.outbox = outbox;
    }

    /**
     * @param request the cell that may ask
     * @param mayAsk whether the front end can answer
     */
    void answer(MessageContext request, boolean mayAsk) {
        context = request;
        allowed = mayAsk;
    }

    @Override
    public synchronized int read() throws InterruptedIOException {
        if (next == line.length) {
            fill();
        }
        return next < line.length ? line[next++] & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        int first = read();
        if (first < 0) {
            return -1;
        }
        into[offset] = (byte) first;
        int more = Math.min(length - 1, line.length - next);
        System.arraycopy(line, next, into, offset + 1, more);
        next += more;
        return more + 1;
    }

    @Override
    public synchronized int available() {
        return line.length - next;
    }

    private void fill() throws InterruptedIOException {
        next = 0;
        line = new byte[0];
        if (!allowed) {
            return;
        }
        AtomicBoolean wanted = new AtomicBoolean(true);
        Future<String> answer = asker.submit(() -> ask(wanted));
        try {
            String text = answer.get();
            line = text == null ? line : (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException stop) {
            wanted.set(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        } catch (ExecutionException failure) {
            KernelMain.log("cannot read input: " + failure.getCause());
        }
    }

    private String ask(AtomicBoolean wanted) throws InterruptedException {
        outbox.flush();
        socket.sendMessage(new Message<>(context, InputRequest.MESSAGE_TYPE, new InputRequest("", false)));
        while ((socket.getEvents() & ZMQ.Poller.POLLIN) == 0) {
            if (!wanted.get()) {
                return null;
            }
            Thread.sleep(20);
        }
        return socket.readMessage(InputReply.MESSAGE_TYPE).getContent().getValue();
    }
}
