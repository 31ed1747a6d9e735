package slidefield;

import slidefield.fit.Resumable;

/** Prints the digest of a {@link SmallTraining}'s arrays at its end. */
public final class SameBitsChild {
    private SameBitsChild() {}

    /** @param args the classes of the trainings; one line each */
    public static void main(String[] args) throws ReflectiveOperationException {
        for (String each : args) {
            System.out.println(digest(SmallTraining.of(each)));
        }
    }

    static String digest(SmallTraining small) {
        Resumable training = small.fresh();
        small.finish(training, t -> {});
        int steps = training.reports().stream().mapToInt(r -> r.steps()).sum();
        if (steps < small.leastSteps()) {
            throw new AssertionError(small.leastSteps() + " steps are expected, found " + steps);
        }
        return StateDigest.of(training.state());
    }
}
