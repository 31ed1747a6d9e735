package slidefield.fit;

/** The parts of a run, in their order. */
public enum Phase {
    /** Step 1: hash grids, decoder and reconstruction head learn to paint the training slides. */
    RECONSTRUCTION("step 1: reconstruction"),
    /** Fresh grids are fitted to the training slides as they will be to unseen ones. */
    REFIT("refit of training slides"),
    /** Step 2: the lesion head alone learns on frozen latents. */
    LESION("step 2: lesion"),
    /** Inference-time optimisation: the hash grid of an unseen slide. */
    ITO("inference-time optimisation");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** The options to lower where this phase diverges. */
    String rates() {
        return switch (this) {
            case RECONSTRUCTION -> "training.networkRate or training.tableRate";
            case LESION -> "training.lesionRate";
            case REFIT, ITO -> "ito.rate";
        };
    }

    /** For people. */
    public String title() {
        return title;
    }
}
