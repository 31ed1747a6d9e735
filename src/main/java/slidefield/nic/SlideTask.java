package slidefield.nic;

/** What is predicted of a whole slide (Tellez et al. 2019, section 4). */
public enum SlideTask {
    /** Whether there is a tumour: 0 or 1. */
    BINARY,
    /** One of several classes, counted from 0. */
    CLASSES,
    /** A number. */
    REGRESSION;

    /**
     * @param outputs of a network
     * @throws IllegalArgumentException if such a network cannot do this task
     */
    void requireOutputs(int outputs) {
        String expected =
                switch (this) {
                    case BINARY -> outputs == 1 || outputs == 2 ? "" : "1 (sigmoid) or 2 (softmax)";
                    case CLASSES -> outputs >= 2 ? "" : "one for each class, at least 2";
                    case REGRESSION -> outputs == 1 ? "" : "1";
                };
        if (!expected.isEmpty()) {
            throw new IllegalArgumentException(
                    "slideCnn.outputs must be " + expected + " for the task " + this + ", got " + outputs);
        }
    }

    /** How many classes a network of so many outputs tells apart; 0 for numbers. */
    int classes(int outputs) {
        return this == REGRESSION ? 0 : Math.max(2, outputs);
    }
}
