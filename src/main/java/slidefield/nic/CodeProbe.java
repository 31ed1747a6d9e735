package slidefield.nic;

import java.util.List;
import java.util.stream.IntStream;
import slidefield.fit.EpochLoop;
import slidefield.fit.FitListener;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/**
 * How much a frozen encoder's codes tell of the patches' classes (Tellez et al. 2019, section 5.2 and Table 1): a
 * {@link ClassHead} learns the classes from the codes, the weights with the best validation accuracy are kept, and patches of a
 * test are classified. Codes are computed once; test patches are not varied.
 */
public final class CodeProbe {
    private CodeProbe() {}

    /**
     * What came out.
     *
     * @param classes their names
     * @param validation accuracy on the validation patches of the weights that were kept
     * @param counts by true class, then by found class, of the test patches
     */
    public record Result(List<String> classes, double validation, int[][] counts) {
        /** Accuracy over all test patches. */
        public double accuracy() {
            int right = IntStream.range(0, counts.length).map(c -> counts[c][c]).sum();
            return (double) right
                    / IntStream.range(0, counts.length).map(this::count).sum();
        }

        /**
         * Share of a class's test patches that were found to be of it.
         *
         * @return NaN where the test has none of them
         */
        public double accuracy(int ofClass) {
            return (double) counts[ofClass][ofClass] / count(ofClass);
        }

        private int count(int ofClass) {
            return IntStream.of(counts[ofClass]).sum();
        }
    }

    /**
     * Judges an encoder.
     *
     * @param encoder stays the caller's
     * @param training labelled patches to learn from
     * @param validation labelled patches to choose the weights by
     * @param test labelled patches to report about
     * @param options how it learns
     * @param listener told how it goes
     */
    public static Result of(
            PatchEncoder encoder,
            PatchSet training,
            PatchSet validation,
            PatchSet test,
            ProbeOptions options,
            FitListener listener) {
        return of(
                CodeSet.of(encoder, training),
                CodeSet.of(encoder, validation),
                CodeSet.of(encoder, test),
                options,
                listener);
    }

    /**
     * Judges codes.
     *
     * @throws IllegalArgumentException if the sets have other classes or codes than each other
     */
    public static Result of(
            CodeSet training, CodeSet validation, CodeSet test, ProbeOptions options, FitListener listener) {
        for (CodeSet other : List.of(validation, test)) {
            if (other.code() != training.code() || !other.classes().equals(training.classes())) {
                throw new IllegalArgumentException("codes of " + training.code() + " values and the classes "
                        + training.classes() + " are expected, found " + other.code() + " and " + other.classes());
            }
        }
        int classes = training.classes().size();
        try (Engine engine = Engine.preferred()) {
            Init init = new Init(engine.type(), Seeds.derive(options.seed(), "probe"));
            ClassHead head =
                    new ClassHead(init, training.code(), options.width(), SupervisedObjective.outputs(classes));
            try (ClassLearner learner =
                    new ClassLearner(engine, head, head, options.training().adam())) {
                EncoderTrainer trainer = new EncoderTrainer(
                        learner,
                        new EncoderTrainer.Data(
                                "codes",
                                training,
                                PatchAugmentation.NONE,
                                validation,
                                PatchAugmentation.NONE,
                                List.of("codes")),
                        options.training(),
                        Seeds.derive(options.seed(), "order"));
                trainer.train(listener, t -> {});
                return new Result(training.classes(), 1 - trainer.bestLoss(), counts(learner, test, options));
            }
        }
    }

    private static int[][] counts(ClassLearner learner, CodeSet test, ProbeOptions options) {
        int classes = test.classes().size();
        int[][] counts = new int[classes][classes];
        List<Integer> all = IntStream.range(0, test.count()).boxed().toList();
        for (List<Integer> some : EpochLoop.batches(all, options.training().batch())) {
            EncoderBatch batch = test.batch(some, PatchAugmentation.NONE, 0);
            int[] found = learner.classes(batch);
            for (int i = 0; i < found.length; i++) {
                counts[batch.labels()[i]][found[i]]++;
            }
        }
        return counts;
    }
}
