package slidefield.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The kernel's process: {@code java slidefield.kernel.KernelMain CONNECTION_FILE}, as Jupyter starts it. */
public final class KernelMain {
    private static final PrintStream CONSOLE = System.err;
    private static final long LINGER_MILLIS = 150;
    private static final long PATIENCE_MILLIS = 2000;

    private KernelMain() {}

    /**
     * @param arguments the connection file that Jupyter wrote
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            log("expected one argument, Jupyter's connection file; start it through environment/notebook");
            System.exit(2);
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            start(Path.of(arguments[0]));
        } catch (IOException | GeneralSecurityException | RuntimeException failure) {
            log("cannot start on " + arguments[0] + ": " + failure);
            System.exit(1);
        }
    }

    private static void start(Path connectionFile) throws IOException, GeneralSecurityException {
        KernelConnectionProperties properties = KernelConnectionProperties.parse(Files.readString(connectionFile));
        if (properties == null) {
            throw new IOException("the connection file is empty");
        }
        KernelConnection connection = new KernelConnection(properties);
        JavaKernel kernel = new JavaKernel(connection);
        kernel.becomeHandlerForConnection(connection);
        kernel.takeStreams();
        onInterruptSignal(kernel::interrupt);
        watchParent();
        connection.connect();
        kernel.cells();
        connection.waitUntilClose();
    }

    /** One line on the console that started Jupyter; cells never see it. */
    static void log(String line) {
        CONSOLE.println("slidefield kernel: " + line);
    }

    /** Ends the process once the last messages have left, at the latest after two seconds. */
    static void exitSoon() {
        daemon("kernel-exit", () -> {
            pause(LINGER_MILLIS);
            daemon("kernel-halt", () -> {
                pause(PATIENCE_MILLIS);
                Runtime.getRuntime().halt(0);
            });
            System.exit(0);
        });
    }

    /** A front end that died cannot ask for a shutdown; it names itself in JPY_PARENT_PID. */
    private static void watchParent() {
        String pid = System.getenv("JPY_PARENT_PID");
        if (pid == null || !pid.matches("[0-9]{1,18}") || pid.equals("1")) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
        // A parent that died but was not yet reaped still counts as alive; its children have another parent at once.
        boolean direct = isParent(Long.parseLong(pid));
        parent.ifPresent(handle -> daemon("kernel-parent", () -> {
            while (handle.isAlive() && (!direct || isParent(handle.pid()))) {
                pause(500);
            }
            exitSoon();
        }));
    }

    private static boolean isParent(long pid) {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == pid;
    }

    /** SIGINT stops the running cell; by name, because the compiler warns of sun.misc.Signal. */
    private static void onInterruptSignal(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    KernelMain.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "hashCode" -> {
                                return System.identityHashCode(self);
                            }
                            case "equals" -> {
                                return self == arguments[0];
                            }
                            default -> {
                                return method.getReturnType() == String.class ? "interrupt" : null;
                            }
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
        } catch (ReflectiveOperationException absent) {
            log("no signals on this platform: " + absent);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
    }
}
