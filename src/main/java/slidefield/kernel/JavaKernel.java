package slidefield.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.ShutdownReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.ShutdownRequest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ;

/** Answers Jupyter's messages (protocol 5.3): cells, completion, inspection, interrupt and shutdown. */
final class JavaKernel extends BaseKernel {
    private static volatile JavaKernel running;

    private final LanguageInfo language = new LanguageInfo.Builder("Java")
            .version(Runtime.version().toString())
            .mimetype("text/x-java-source")
            .fileExtension(".java")
            .pygments("java")
            .codemirror("text/x-java")
            .build();
    private final Outbox outbox;
    private final CellInput input;
    private volatile CellRunner cells;
    private volatile boolean interrupted;
    private PrintStream out;
    private PrintStream err;

    JavaKernel(KernelConnection connection) {
        outbox = new Outbox(connection.getIOPub());
        input = new CellInput(connection.stdin(), outbox);
        Renderers.register(getRenderer());
        running = this;
    }

    /** The kernel of this process, or null: how {@code slidefield.notebook} finds it. */
    static JavaKernel running() {
        return running;
    }

    /** From now on this process prints to the notebook. */
    void takeStreams() {
        out = System.out;
        err = System.err;
        renewStreams();
        System.setIn(input);
    }

    /**
     * Every cell prints through streams of its own: a cell that is stopped in the middle of a print leaves text behind
     * inside its stream, which would come out before the first words of the next cell. Streams that a cell has put
     * in their place stay.
     */
    private void renewStreams() {
        if (System.out == out) {
            out = CellStream.open(outbox, StreamType.OUT);
            System.setOut(out);
        }
        if (System.err == err) {
            err = CellStream.open(outbox, StreamType.ERR);
            System.setErr(err);
        }
    }

    /** The session, started on first use; a thread of the kernel's start asks first. */
    synchronized CellRunner cells() {
        if (cells == null) {
            cells = new CellRunner();
        }
        return cells;
    }

    @Override
    public void becomeHandlerForConnection(JupyterConnection connection) {
        super.becomeHandlerForConnection(connection);
        ShellHandler<ExecuteRequest> execute = (env, message) -> execute(connection, env, message);
        connection.setHandler(MessageType.EXECUTE_REQUEST, execute);
        connection.setHandler(MessageType.SHUTDOWN_REQUEST, this::shutDown);
    }

    private void execute(JupyterConnection connection, ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        commManager.setMessageContext(message);
        outbox.answer(message);
        outbox.post(PublishStatus.BUSY);
        int count = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
        if (!request.isSilent()) {
            outbox.post(new PublishExecuteInput(request.getCode(), count));
        }
        input.answer(message, request.isStdinEnabled());
        try {
            DisplayData result = evaluate(request.getCode(), count);
            if (result != null && !request.isSilent()) {
                outbox.post(new PublishExecuteResult(count, result));
            }
            outbox.flush();
            env.reply(new ExecuteReply(count, Map.of()));
        } catch (CellFailure failure) {
            outbox.post(new PublishError(failure.name(), failure.getMessage(), failure.lines()));
            outbox.flush();
            // Taken before the reply: what comes after it was sent by someone who knows of the error.
            List<Message<?>> queued = request.shouldStopOnError() ? drain(env.getShell()) : List.of();
            ErrorReply reply = new ErrorReply(failure.name(), failure.getMessage(), failure.lines());
            reply.setExecutionCount(count);
            env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
            finish();
            abort(queued, connection, (ShellChannel) env.getShell());
            return;
        }
        finish();
    }

    private void finish() {
        outbox.post(PublishStatus.IDLE);
        outbox.flush();
    }

    private DisplayData evaluate(String code, int count) throws CellFailure {
        try {
            interrupted = false;
            renewStreams();
            CellRunner runner = cells();
            runner.reset();
            if (interrupted) {
                // Asked while JShell was still starting.
                runner.interrupt();
            }
            Object value = runner.run(code, count);
            return value == null ? null : bundle(value);
        } catch (CellFailure failure) {
            throw failure;
        } catch (Throwable failure) {
            // Also errors: whatever one cell does, the kernel goes on to the next.
            String name = failure.getClass().getSimpleName();
            throw new CellFailure(
                    name, String.valueOf(failure.getMessage()), super.formatError(new Exception(failure)));
        }
    }

    private static List<Message<?>> drain(JupyterSocket shell) {
        List<Message<?>> queued = new ArrayList<>();
        while ((shell.getEvents() & ZMQ.Poller.POLLIN) != 0) {
            queued.add(shell.readMessage());
        }
        return queued;
    }

    /** After an error the cells of a "run all" that already waited are not run, as in IPython. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void abort(List<Message<?>> queued, JupyterConnection connection, ShellChannel shell) {
        for (Message message : queued) {
            if (message.getHeader().getType() == MessageType.EXECUTE_REQUEST) {
                outbox.answer(message);
                outbox.post(PublishStatus.BUSY);
                outbox.flush();
                Map<String, Object> aborted = new LinkedHashMap<>(Map.of("status", "aborted"));
                shell.sendMessage(new Message(message, MessageType.EXECUTE_REPLY, aborted));
                finish();
            } else {
                ShellHandler handler = connection.getHandler(message.getHeader().getType());
                if (handler != null) {
                    ShellReplyEnvironment env = connection.prepareReplyEnv(shell, message);
                    handler.handle(env, message);
                    env.resolveDeferrals();
                }
            }
        }
    }

    /** A value as the front end gets it: bundles as they are, arrays readable, the rest by IJava's renderers. */
    DisplayData bundle(Object value) {
        if (value instanceof DisplayData data) {
            return data;
        }
        return value.getClass().isArray()
                ? new DisplayData(Renderers.arrayText(value))
                : getRenderer().render(value);
    }

    @Override
    public void display(DisplayData data) {
        outbox.post(new PublishDisplayData(data));
    }

    void updateDisplay(DisplayData data) {
        outbox.post(new PublishUpdateDisplayData(data));
    }

    @Override
    public DisplayData eval(String code) throws Exception {
        return evaluate(code, executionCount.get());
    }

    @Override
    public void interrupt() {
        interrupted = true;
        CellRunner runner = cells;
        if (runner != null) {
            runner.interrupt();
        }
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return Assistance.complete(cells().analysis(), code, at);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return Assistance.inspect(cells().analysis(), code, at);
    }

    @Override
    public String isComplete(String code) {
        List<Piece> pieces = Piece.of(code, cells().analysis());
        return pieces.isEmpty() || pieces.get(pieces.size() - 1).complete() ? IS_COMPLETE_YES : "    ";
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return language;
    }

    @Override
    public String getBanner() {
        return "Java " + Runtime.version() + " (slidefield)";
    }

    private void shutDown(ShellReplyEnvironment env, Message<ShutdownRequest> message) {
        env.setBusyDeferIdle();
        env.reply(message.getContent().isRestart() ? ShutdownReply.SHUTDOWN_AND_RESTART : ShutdownReply.SHUTDOWN);
        env.resolveDeferrals();
        KernelMain.exitSoon();
    }
}
