package slidefield.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Everything a cell prints or shows, in order, on its way to the front end. Only the outbox's own thread touches
 * the socket: JeroMQ signals through an interruptible NIO channel, and a send from a thread whose interrupt flag is
 * set closes that channel for good, after which a kernel is dead. Text is gathered for a moment, so a loop of
 * a thousand prints is a few messages.
 */
final class Outbox {
    private static final long GATHER_MILLIS = 40;
    private static final int FULL_CHARS = 1 << 20;

    private record Item(MessageContext context, ContentType<?> content, StreamType stream, StringBuilder text) {}

    private final JupyterSocket socket;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private MessageContext context;
    private int waitingChars;
    private boolean sending;
    private boolean hurry;

    Outbox(JupyterSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::sendAll, "kernel-outbox");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on output belongs to this request. */
    synchronized void answer(MessageContext request) {
        context = request;
    }

    /** Queues one message behind everything printed before it. */
    synchronized void post(ContentType<?> content) {
        waiting.add(new Item(context, content, null, null));
        notifyAll();
    }

    /** Queues text; a writer that is a million characters ahead of the socket waits for it. */
    synchronized void print(StreamType stream, String text) {
        if (text.isEmpty()) {
            return;
        }
        waitWhileFull();
        Item last = waiting.peekLast();
        if (last != null && last.stream() == stream && last.context() == context) {
            last.text().append(text);
        } else {
            waiting.add(new Item(context, null, stream, new StringBuilder(text)));
        }
        waitingChars += text.length();
        notifyAll();
    }

    private void waitWhileFull() {
        boolean interrupted = false;
        while (waitingChars > FULL_CHARS && !interrupted) {
            try {
                wait(1000);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when everything queued so far has been handed to the socket (kernel threads only). */
    synchronized void flush() {
        hurry = true;
        notifyAll();
        boolean interrupted = false;
        while (!waiting.isEmpty() || sending) {
            try {
                wait(1000);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        hurry = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll() {
        while (true) {
            Item item = next();
            try {
                send(item);
            } catch (RuntimeException failure) {
                KernelMain.log("cannot send output: " + failure);
            } finally {
                sent();
            }
        }
    }

    private synchronized Item next() {
        while (waiting.isEmpty()) {
            pause(0);
        }
        if (waiting.size() == 1 && waiting.peek().stream() != null && !hurry) {
            pause(GATHER_MILLIS);
        }
        Item item = waiting.remove();
        waitingChars -= item.text() == null ? 0 : item.text().length();
        sending = true;
        return item;
    }

    private void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            do {
                wait(millis == 0 ? 0 : Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } while (millis > 0 && !hurry && waiting.size() == 1 && System.nanoTime() < end);
        } catch (InterruptedException ignored) {
            // Nobody but the kernel knows this thread, and it never interrupts it.
        }
    }

    private synchronized void sent() {
        sending = false;
        notifyAll();
    }

    private void send(Item item) {
        ContentType<?> content = item.stream() == null
                ? item.content()
                : new PublishStream(item.stream(), item.text().toString());
        socket.sendMessage(message(item.context(), content));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Message<?> message(MessageContext context, ContentType<?> content) {
        return new Message(context, content.getType(), content);
    }
}
