package slidefield;

import java.util.function.Consumer;
import slidefield.fit.Resumable;

/** A training that takes a second or so, on slides that a formula makes, and is always the same. */
public interface SmallTraining {
    /** A training that has not begun. */
    Resumable fresh();

    /**
     * Runs it to its end from where it stands.
     *
     * @param training made by {@link #fresh}
     * @param afterEpoch called between epochs
     */
    void finish(Resumable training, Consumer<Resumable> afterEpoch);

    /** Steps that it has at least. */
    default int leastSteps() {
        return 200;
    }

    /** Makes the one of a class with a constructor without arguments. */
    static SmallTraining of(String className) throws ReflectiveOperationException {
        return (SmallTraining) Class.forName(className).getConstructor().newInstance();
    }
}
