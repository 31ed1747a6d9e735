package slidefield.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kernels with the shapes of IJava's and Rapaio's display interfaces, that remember what they were given. */
final class FakeKernels {
    private FakeKernels() {}

    /** One call: "display" or "update", the id and the content. */
    record Call(String what, Object id, Map<String, Object> data, Map<String, Object> metadata) {}

    /** IJava's: updates go through {@code getIO().display}. */
    public static final class IJava {
        final List<Call> calls = new ArrayList<>();
        private final Io io = new Io(calls);

        /** As IJava's. */
        public void display(io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
            calls.add(call("display", data));
        }

        /** As IJava's. */
        public Io getIO() {
            return io;
        }
    }

    /** IJava's streams. */
    public static final class Io {
        /** As IJava's. */
        public final Stream display;

        Io(List<Call> calls) {
            display = new Stream(calls);
        }
    }

    /** IJava's display stream. */
    public static final class Stream {
        private final List<Call> calls;

        Stream(List<Call> calls) {
            this.calls = calls;
        }

        /** As IJava's. */
        public void updateDisplay(io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
            calls.add(call("update", data));
        }
    }

    private static Call call(String what, io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (var type : List.of(
                io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN,
                io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML,
                io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG)) {
            if (data.hasDataForType(type)) {
                content.put(type.toString(), data.getData(type));
            }
        }
        return new Call(what, data.getDisplayId(), content, Map.of());
    }

    /** Rapaio's: its own data type, made by a factory, and {@code updateDisplay} on the kernel. */
    public static final class Rapaio {
        final List<Call> calls = new ArrayList<>();

        /** As Rapaio's. */
        public void display(DisplayData data) {
            calls.add(new Call("display", data.id, data.content, data.metadata));
        }

        /** As Rapaio's. */
        public void updateDisplay(DisplayData data) {
            calls.add(new Call("update", data.id, data.content, data.metadata));
        }
    }

    /** Rapaio's data: no public constructor. */
    public static final class DisplayData {
        private final Map<String, Object> content = new LinkedHashMap<>();
        private final Map<String, Object> metadata = new LinkedHashMap<>();
        private String id;

        private DisplayData() {}

        /** As Rapaio's. */
        public static DisplayData withText(String text) {
            DisplayData data = new DisplayData();
            data.putData("text/plain", text);
            return data;
        }

        /** As Rapaio's. */
        public void putData(String type, Object value) {
            content.put(type, value);
        }

        /** As Rapaio's. */
        public void putMetaData(String type, Object value) {
            metadata.put(type, value);
        }

        /** As Rapaio's. */
        public void setDisplayId(String displayId) {
            id = displayId;
        }
    }
}
