package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;

@Tag("once")
class GradientTest {
    static List<Case> cases() {
        return DifferentiableCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260301);
        GradientCheck.check(checked, 7);
    }

    @Test
    void theCheckFindsAWrongGradient() {
        // given an operation whose gradient is 1 % too large
        Case wrong = new Case(
                "test",
                "wrong",
                init -> new Subject(Map.of("x", init.normal(1, 5)), Map.of(), (tape, t) -> {
                    Tensor x = t.get("x");
                    INDArray y = tape.allocate(5).assign(x.value());
                    return tape.node(y, List.of(x), g -> x.accumulate(g.muli(1.01)));
                }));

        // when, then
        AssertionError error = assertThrows(AssertionError.class, () -> GradientCheck.check(wrong, 3));
        assertTrue(error.getMessage().contains("seed 3"), error.getMessage());
    }

    @Test
    void aGradientThatIsNoNumberIsFound() {
        Case wrong = new Case(
                "test",
                "no number",
                init -> new Subject(Map.of("x", init.normal(1, 5)), Map.of(), (tape, t) -> {
                    Tensor x = t.get("x");
                    INDArray y = tape.allocate(5).assign(x.value());
                    return tape.node(y, List.of(x), g -> x.accumulate(g.muli(Double.NaN)));
                }));
        assertThrows(AssertionError.class, () -> GradientCheck.check(wrong, 3));
    }

    @Test
    void everyOperationAndModuleOfThePackageIsChecked() throws Exception {
        // given the classes of the package
        Set<String> wanted = new TreeSet<>();
        for (Class<?> type : packageClasses()) {
            if (Module.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                wanted.add(type.getSimpleName());
            }
            for (Method method : type.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (Modifier.isPublic(modifiers)
                        && Modifier.isStatic(modifiers)
                        && method.getReturnType() == Tensor.class) {
                    wanted.add(type.getSimpleName() + "." + method.getName());
                }
            }
        }

        // when
        Set<String> covered = cases().stream().map(Case::covers).collect(Collectors.toCollection(TreeSet::new));

        // then
        assertEquals(wanted, covered);
    }

    private static List<Class<?>> packageClasses() throws URISyntaxException, IOException {
        Path folder = Path.of(Engine.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(Engine.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - 6)))
                    .toList();
        }
    }

    private static Class<?> load(String simpleName) {
        try {
            return Class.forName(Engine.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
