package slidefield.nn.kernels;

import org.junit.jupiter.api.Tag;
import org.nd4j.linalg.api.buffer.DataType;

/** The fast kernels of volumes in bf16 against the float32 reference with rounded inputs and results. */
@Tag("alone")
class FastBfloat16VolumeKernelsTest extends VolumeKernelsTest {
    @Override
    DataType type() {
        return DataType.BFLOAT16;
    }

    @Override
    double tolerance() {
        return 1e-2;
    }
}
