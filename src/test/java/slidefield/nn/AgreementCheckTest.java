package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Worst;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.Nd4jKernels;

class AgreementCheckTest {
    /** The reference in FLOAT, one of whose kernels gives results that are a little too large. */
    private static Kernels faulty(String name) {
        Kernels right = new Nd4jKernels(DataType.FLOAT);
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (self, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(right, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    if (method.getName().equals(name)) {
                        ((INDArray) arguments[arguments.length - 1]).muli(1 + 1e-4);
                    }
                    return result;
                });
    }

    private static Worst worst(String name) {
        Case sine = DifferentiableCases.all().stream()
                .filter(c -> c.covers().equals("Activations.sine"))
                .findFirst()
                .orElseThrow();
        try (AgreementCheck check = new AgreementCheck(Precision.F32, Engine.of(faulty(name), Precision.F32))) {
            return check.worst(sine, 3);
        }
    }

    @Test
    void aKernelThatIsATenthOfAThousandthOffIsFoundInValuesAndInGradients() {
        double accepted = 1e-5;
        assertTrue(worst("none").difference() < accepted, worst("none").toString());
        assertTrue(worst("sine").where().equals("result") && worst("sine").difference() > 5 * accepted);
        assertTrue(worst("sineGradient").where().equals("gradient of x"));
        assertTrue(worst("sineGradient").difference() > 5 * accepted);
    }
}
