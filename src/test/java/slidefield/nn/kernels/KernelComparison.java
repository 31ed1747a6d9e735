package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the comparisons of fast kernels with the reference share: both kernels, the type of images and the yardstick. */
abstract class KernelComparison {
    static Kernels fast;
    static Kernels reference;

    /** The fast kernels, or a visible skip where they do not load. */
    static Kernels fast() {
        try {
            return new OneDnnKernels();
        } catch (LinkageError absent) {
            return Assumptions.abort("oneDNN does not load here: " + absent.getMessage());
        }
    }

    @BeforeAll
    static void load() {
        fast = fast();
        reference = new RoundingKernels();
    }

    @AfterAll
    static void close() {
        if (fast != null) {
            fast.close();
            reference.close();
        }
    }

    /** The type of images. */
    DataType type() {
        return DataType.FLOAT;
    }

    /** Largest difference, as a share of the largest value. */
    double tolerance() {
        return 1e-5;
    }

    /** Values as the type of images. */
    final INDArray image(INDArray values) {
        return values.castTo(type());
    }

    @BeforeEach
    void requireType() {
        Assumptions.assumeTrue(fast.computes(type()), fast.name() + " does not compute in " + type() + " here");
    }

    /** What is done once with each implementation of a part of the kernels; the arrays it returns must agree. */
    interface Work<K> {
        Map<String, INDArray> with(K kernels);
    }

    /**
     * Does the same with both implementations and compares what they give.
     *
     * @param part of the kernels that is worked with
     * @param size of what the results are computed from, where they may be far smaller: its rounding stays in them
     */
    final <K> void agree(Function<Kernels, K> part, double size, Work<K> work) {
        Map<String, INDArray> expected = work.with(part.apply(reference));
        // twice: the second run uses what the first one cached
        for (int run = 0; run < 2; run++) {
            Map<String, INDArray> found = work.with(part.apply(fast));
            expected.forEach((name, array) -> {
                assertEquals(array.dataType(), found.get(name).dataType(), name);
                INDArray exact = array.castTo(DataType.DOUBLE);
                double largest = exact.amaxNumber().doubleValue();
                double difference = exact.sub(found.get(name).castTo(DataType.DOUBLE))
                        .amaxNumber()
                        .doubleValue();
                assertEquals(0, difference, tolerance() * Math.max(largest, Math.max(size, 1e-30)), name);
            });
        }
    }

    /**
     * Fails unless the code of a comparison calls every method of an interface. Tests that do not {@link #agree} do not
     * count.
     *
     * @param part the interface
     * @param comparison whose calls count
     * @param others methods that compute nothing, or are compared elsewhere
     */
    static void requireEveryMethod(Class<?> part, Class<?> comparison, String... others) {
        Set<String> called = new TreeSet<>(Set.of(others));
        for (JavaMethodCall call : new ClassFileImporter()
                .importClasses(comparison)
                .get(comparison)
                .getMethodCallsFromSelf()) {
            if (call.getTargetOwner().isEquivalentTo(part) && compares(call.getOrigin())) {
                called.add(call.getTarget().getName());
            }
        }
        Set<String> all = new TreeSet<>();
        for (Method method : part.getDeclaredMethods()) {
            all.add(method.getName());
        }
        assertEquals(all, called, "a new kernel needs a comparison in " + comparison.getSimpleName());
    }

    /** Whether a method is a test that compares, or helps such. */
    private static boolean compares(JavaCodeUnit method) {
        boolean test = method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class);
        return !test
                || method.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTarget().getName().equals("agree"));
    }
}
