package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.io.InputException;

class GraphicsCardTest {
    /** A driver that answers as it is told, without a card. */
    private record FakeDriver(int start, int cards, String name, int major, int minor) implements GraphicsCard.Driver {
        @Override
        public int cuInit(int flags) {
            return start;
        }

        @Override
        public int cuDeviceGetCount(IntByReference count) {
            count.setValue(cards);
            return 0;
        }

        @Override
        public int cuDeviceGet(IntByReference device, int ordinal) {
            device.setValue(7);
            return 0;
        }

        @Override
        public int cuDeviceGetName(byte[] into, int length, int device) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, into, 0, text.length);
            return device == 7 ? 0 : 101;
        }

        @Override
        public int cuDeviceGetAttribute(IntByReference value, int attribute, int device) {
            // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR of cuda.h
            value.setValue(attribute == 75 ? major : attribute == 76 ? minor : -1);
            return device == 7 ? 0 : 101;
        }
    }

    private static String refusal(GraphicsCard.Driver driver) {
        return assertThrows(InputException.class, () -> GraphicsCard.require(() -> driver))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({"3,7", "5,0", "5,3", "6,1", "6,2", "7,0", "7,2", "7,5", "8,0", "8,6", "8,7", "8,9"})
    void aCardWithMachineCodeIsTaken(int major, int minor) {
        // given
        FakeDriver driver = new FakeDriver(0, 1, "Some Card", major, minor);
        // when
        GraphicsCard card = GraphicsCard.require(() -> driver);
        // then
        assertEquals("Some Card (compute capability " + major + "." + minor + ")", card.toString());
    }

    @ParameterizedTest
    @CsvSource({"9,0,new", "10,0,new", "12,0,new", "3,5,old", "2,1,old"})
    void anyOtherIsRefusedByName(int major, int minor, String age) {
        // when
        String refusal = refusal(new FakeDriver(0, 2, "Some Card", major, minor));
        // then
        assertTrue(refusal.contains("Some Card (compute capability " + major + "." + minor + ")"), refusal);
        assertTrue(refusal.contains("too " + age) && refusal.endsWith(GraphicsCard.ADVICE), refusal);
    }

    @Test
    void noCardIsSaidPlainly() {
        assertTrue(refusal(new FakeDriver(0, 0, "", 0, 0)).contains("the driver finds none"));
        assertTrue(refusal(new FakeDriver(100, 0, "", 0, 0)).contains("the driver finds none"));
        assertTrue(refusal(new FakeDriver(999, 1, "", 0, 0)).contains("CUDA error 999"));
        String refusal = assertThrows(
                        InputException.class,
                        () -> GraphicsCard.require(() -> {
                            throw new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file");
                        }))
                .getMessage();
        assertTrue(refusal.contains("no NVIDIA driver loads") && refusal.endsWith(GraphicsCard.ADVICE), refusal);
    }
}
