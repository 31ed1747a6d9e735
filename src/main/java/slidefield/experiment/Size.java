package slidefield.experiment;

/** How much of everything an experiment does. */
public enum Size {
    /** About a minute on two cores: shows that all is there; the numbers mean little. */
    QUICK("quick"),
    /** About half an hour on two cores for all seeds together, on slides of about a thousand pixels or 200 plain images. */
    NORMAL("normal"),
    /** The paper's network sizes and epochs, for slides of ten thousand pixels and a large machine. */
    PAPER("paper");

    private final String label;

    Size(String label) {
        this.label = label;
    }

    /** For texts and options. */
    public String label() {
        return label;
    }

    /** How many seeds it takes unless told otherwise: one where only the files are of interest. */
    public int seeds() {
        return this == QUICK ? 1 : 3;
    }
}
