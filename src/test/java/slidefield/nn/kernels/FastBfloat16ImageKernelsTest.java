package slidefield.nn.kernels;

import org.junit.jupiter.api.Tag;
import org.nd4j.linalg.api.buffer.DataType;

/** Every fast kernel of images in bf16 against the float32 reference with rounded inputs and results. */
@Tag("alone")
class FastBfloat16ImageKernelsTest extends FastImageKernelsTest {
    @Override
    DataType type() {
        return DataType.BFLOAT16;
    }

    @Override
    double tolerance() {
        return 1e-2;
    }
}
