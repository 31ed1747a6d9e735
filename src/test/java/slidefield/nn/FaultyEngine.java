package slidefield.nn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.Nd4jKernels;
import slidefield.nn.kernels.Nd4jRuntime;

/** Reference kernels that get a gradient wrong. */
public final class FaultyEngine {
    private FaultyEngine() {}

    /**
     * An engine in float32 whose weight gradients of convolutions and products are damaged now and then.
     *
     * @param value that one element of a weight's gradient gets
     * @param when asked for every such gradient whether to damage it
     */
    public static Engine of(float value, BooleanSupplier when) {
        Nd4jRuntime.prepare();
        Kernels good = new Nd4jKernels(DataType.FLOAT);
        Kernels faulty = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(good, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    boolean convolution = method.getName().equals("convolutionGradients");
                    if (convolution || method.getName().equals("productGradients")) {
                        INDArray weights = (INDArray) arguments[convolution ? 5 : 4];
                        if (weights != null && when.getAsBoolean()) {
                            weights.data().put(weights.offset(), value);
                        }
                    }
                    return result;
                });
        return Engine.of(faulty, Precision.F32);
    }
}
