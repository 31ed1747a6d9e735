package slidefield.experiment;

/** What an experiment takes a second data set for. */
public enum SecondSet {
    /** It takes none. */
    NONE(""),
    /** It is scored on it too; nothing is trained on it. */
    UNSEEN("--unseen"),
    /** Encoders of patches learn from it; the first one's slides are compressed by them. */
    ENCODERS("--encoders");

    private final String option;

    SecondSet(String option) {
        this.option = option;
    }

    /** The option that names it on the command line. */
    public String option() {
        return option;
    }
}
