package slidefield.nn.kernels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import slidefield.io.InputException;

/**
 * The NVIDIA graphics card that a build with the Maven profile {@code cuda} computes on. Asks the card's driver
 * itself, because ND4J answers with stack traces where there is no card, and with wrong or no results on one that its
 * binaries hold no machine code for.
 *
 * @param name as the driver says it
 * @param major of the compute capability
 * @param minor of the compute capability
 */
public record GraphicsCard(String name, int major, int minor) {
    /** The last line of every refusal. */
    static final String ADVICE = "; to compute on the processor, build without -Pcuda";

    /** Compute capabilities, major and minor, with machine code in nd4j-cuda-11.6's library, which holds no PTX. */
    private static final List<int[]> MACHINE_CODE = List.of(
            new int[] {3, 7},
            new int[] {5, 0},
            new int[] {5, 2},
            new int[] {6, 0},
            new int[] {6, 1},
            new int[] {7, 0},
            new int[] {7, 5},
            new int[] {8, 0},
            new int[] {8, 6});

    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int NO_DEVICE = 100;

    /** The few functions of the CUDA driver that are needed; each answers 0, or a fault's number. */
    interface Driver extends Library {
        int cuInit(int flags);

        int cuDeviceGetCount(IntByReference count);

        int cuDeviceGet(IntByReference device, int ordinal);

        int cuDeviceGetName(byte[] name, int length, int device);

        int cuDeviceGetAttribute(IntByReference value, int attribute, int device);
    }

    /** @return whether this build's arrays are computed on a graphics card */
    public static boolean wanted() {
        return GraphicsCard.class.getResource("/nd4j-jcublas.properties") != null;
    }

    /**
     * @return the first card, which can run ND4J's code
     * @throws InputException if there is no driver, no card, or one too old or too new; names the reason
     */
    public static GraphicsCard require() {
        String library = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
        return require(() -> Native.load(library, Driver.class));
    }

    static GraphicsCard require(Supplier<Driver> load) {
        GraphicsCard card = first(load);
        if (!card.runnable()) {
            String fault = card.major() > 8 ? " is too new" : " is too old";
            throw new InputException(
                    "the graphics card " + card + fault + " for nd4j-cuda-11.6, whose machine code runs"
                            + " on 3.7 and 5.0 to 8.9 and which holds no PTX to compile for others" + ADVICE);
        }
        return card;
    }

    private static GraphicsCard first(Supplier<Driver> load) {
        Driver driver;
        try {
            driver = load.get();
        } catch (UnsatisfiedLinkError absent) {
            throw new InputException(
                    "this build computes on an NVIDIA graphics card, but no NVIDIA driver loads here" + ADVICE, absent);
        }
        int status = driver.cuInit(0);
        IntByReference count = new IntByReference();
        if (status == 0) {
            status = driver.cuDeviceGetCount(count);
        }
        if (status == NO_DEVICE || status == 0 && count.getValue() == 0) {
            throw new InputException(
                    "this build computes on an NVIDIA graphics card, but the driver finds none" + ADVICE);
        }
        check(status);
        IntByReference device = new IntByReference();
        check(driver.cuDeviceGet(device, 0));
        byte[] name = new byte[256];
        check(driver.cuDeviceGetName(name, name.length, device.getValue()));
        return new GraphicsCard(
                Native.toString(name, StandardCharsets.UTF_8.name()),
                attribute(driver, CAPABILITY_MAJOR, device.getValue()),
                attribute(driver, CAPABILITY_MINOR, device.getValue()));
    }

    private static int attribute(Driver driver, int number, int device) {
        IntByReference value = new IntByReference();
        check(driver.cuDeviceGetAttribute(value, number, device));
        return value.getValue();
    }

    private static void check(int status) {
        if (status != 0) {
            throw new InputException("the NVIDIA driver fails with CUDA error " + status + ADVICE);
        }
    }

    /** Machine code runs on its own capability and on later ones of the same major number. */
    boolean runnable() {
        return MACHINE_CODE.stream().anyMatch(code -> code[0] == major && code[1] <= minor);
    }

    /** Name and compute capability. */
    @Override
    public String toString() {
        return name + " (compute capability " + major + "." + minor + ")";
    }
}
