package slidefield.notebook;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Java kernel that runs this process, whichever it is, spoken to by reflection: each has a kernel object with
 * {@code display(its own DisplayData)}, and its own way to update a display.
 */
final class NotebookKernel {
    /** How to reach a kernel's object: a static method or field of a class. */
    private record Door(String type, String member) {}

    private static final List<Door> DOORS = List.of(
            new Door("slidefield.kernel.JavaKernel", "running"),
            new Door("io.github.spencerpark.ijava.runtime.Kernel", "getKernelInstance"),
            new Door("org.dflib.jjava.runtime.Kernel", "getKernelInstance"),
            new Door("org.dflib.jjava.JJava", "getKernelInstance"),
            new Door("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel"),
            new Door("org.rapaio.jupyter.kernel.MainApp", "kernel"));

    private final Object kernel;
    private final Method display;
    private final Object updater;
    private final Method update;
    private final Class<?> dataType;

    private NotebookKernel(Object kernel) throws ReflectiveOperationException {
        this.kernel = kernel;
        display = method(kernel.getClass(), "display");
        dataType = display.getParameterTypes()[0];
        boolean direct = has(kernel.getClass(), "updateDisplay");
        updater = direct ? kernel : displayStream(kernel);
        update = method(updater.getClass(), "updateDisplay");
    }

    /** The running kernel, or empty outside a notebook. */
    static Optional<NotebookKernel> find() {
        for (Door door : DOORS) {
            try {
                Object kernel = open(door);
                if (kernel != null) {
                    return Optional.of(new NotebookKernel(kernel));
                }
            } catch (ReflectiveOperationException | LinkageError absent) {
                // This kernel is not the one: the next door.
            }
        }
        return Optional.empty();
    }

    void display(Bundle bundle, String id) {
        call(kernel, display, bundle, id);
    }

    void update(Bundle bundle, String id) {
        call(updater, update, bundle, id);
    }

    private void call(Object target, Method method, Bundle bundle, String id) {
        try {
            method.invoke(target, data(bundle, id));
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException("the notebook kernel cannot show this", failure.getCause());
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "expected a notebook kernel with IJava's display interface, found " + kernel.getClass(), changed);
        }
    }

    /** The bundle as the kernel's own DisplayData. */
    private Object data(Bundle bundle, String id) throws ReflectiveOperationException {
        Object data = empty();
        Method put = dataType.getMethod("putData", String.class, Object.class);
        for (Map.Entry<String, String> entry : bundle.data().entrySet()) {
            put.invoke(data, entry.getKey(), entry.getValue());
        }
        Method describe = dataType.getMethod("putMetaData", String.class, Object.class);
        for (Map.Entry<String, Map<String, Object>> entry : bundle.metadata().entrySet()) {
            describe.invoke(data, entry.getKey(), entry.getValue());
        }
        dataType.getMethod("setDisplayId", String.class).invoke(data, id);
        return data;
    }

    private Object empty() throws ReflectiveOperationException {
        boolean open = Arrays.stream(dataType.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
        return open
                ? dataType.getConstructor().newInstance()
                : dataType.getMethod("withText", String.class).invoke(null, "");
    }

    private static Object open(Door door) throws ReflectiveOperationException {
        Class<?> type = Class.forName(door.type());
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(door.member()) && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                return field.get(null);
            }
        }
        Method method = type.getDeclaredMethod(door.member());
        method.setAccessible(true);
        return method.invoke(null);
    }

    /** Where IJava's base library keeps {@code updateDisplay}. */
    private static Object displayStream(Object kernel) throws ReflectiveOperationException {
        Object io = kernel.getClass().getMethod("getIO").invoke(kernel);
        Field stream = io.getClass().getField("display");
        return stream.get(io);
    }

    private static boolean has(Class<?> type, String name) {
        return find(type, name).isPresent();
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        return find(type, name).orElseThrow(() -> new NoSuchMethodException(type.getName() + "." + name));
    }

    /** The method of that name with one parameter, a DisplayData; also where the class is not public. */
    private static Optional<Method> find(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0].getSimpleName().equals("DisplayData")) {
                    method.setAccessible(true);
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }
}
