package slidefield.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.Loop;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.lang.reflect.Field;
import java.security.GeneralSecurityException;

/** The five sockets; a message that cannot be read is logged instead of ending the thread that reads. */
final class KernelConnection extends JupyterConnection {
    private static final long PAUSE_MILLIS = 50;

    KernelConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
        super(properties);
    }

    StdinChannel stdin() {
        return stdin;
    }

    @Override
    public void connect() {
        super.connect();
        survive(shell);
        survive(control);
    }

    /** The base library keeps its loop private and lets any exception, such as a bad signature, end it. */
    private static void survive(ShellChannel channel) {
        try {
            Field field = ShellChannel.class.getDeclaredField("ioloop");
            field.setAccessible(true);
            ((Loop) field.get(channel)).onError(failure -> {
                KernelMain.log("dropped a message: " + failure);
                return PAUSE_MILLIS;
            });
        } catch (ReflectiveOperationException changed) {
            KernelMain.log("cannot guard the message loop: " + changed);
        }
    }
}
