package slidefield.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** What cells call to show something: IJava's interface, imported statically into every cell. */
public final class Display {
    private Display() {}

    /**
     * Renders a value as IJava does, without showing it.
     *
     * @param value what to render; not null
     * @return its MIME bundle
     */
    public static DisplayData render(Object value) {
        return kernel().bundle(value);
    }

    /**
     * @param value what to render; not null
     * @param as MIME types, such as {@code "text/html"}
     * @return its MIME bundle in those types, and always as plain text
     */
    public static DisplayData render(Object value, String... as) {
        return value instanceof DisplayData data ? data : kernel().getRenderer().renderAs(value, as);
    }

    /**
     * Shows a value under the cell.
     *
     * @param value what to show; not null
     * @return the display's id, for {@link #updateDisplay(String, Object)}
     */
    public static String display(Object value) {
        return show(render(value));
    }

    /**
     * Shows a value in the given MIME types.
     *
     * @param value what to show; not null
     * @param as MIME types, such as {@code "text/html"}
     * @return the display's id, for {@link #updateDisplay(String, Object)}
     */
    public static String display(Object value, String... as) {
        return show(render(value, as));
    }

    /**
     * Replaces what a display shows.
     *
     * @param id what {@link #display(Object)} returned
     * @param value the new value; not null
     */
    public static void updateDisplay(String id, Object value) {
        update(id, render(value));
    }

    /**
     * Replaces what a display shows, in the given MIME types.
     *
     * @param id what {@link #display(Object)} returned
     * @param value the new value; not null
     * @param as MIME types, such as {@code "text/html"}
     */
    public static void updateDisplay(String id, Object value, String... as) {
        update(id, render(value, as));
    }

    private static String show(DisplayData data) {
        if (!data.hasDisplayId()) {
            data.setDisplayId(UUID.randomUUID().toString());
        }
        kernel().display(data);
        return data.getDisplayId();
    }

    private static void update(String id, DisplayData data) {
        data.setDisplayId(id);
        kernel().updateDisplay(data);
    }

    private static JavaKernel kernel() {
        JavaKernel kernel = JavaKernel.running();
        if (kernel == null) {
            throw new IllegalStateException("no notebook kernel is running in this process");
        }
        return kernel;
    }
}
