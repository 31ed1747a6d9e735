package slidefield.fit;

/** The parts of a run, in their order. */
public enum Phase {
    /** Step 1: hash grids, decoder and reconstruction head learn to paint the training slides. */
    RECONSTRUCTION("step 1: reconstruction"),
    /** Fresh grids are fitted to the training slides as they will be to unseen ones. */
    REFIT("refit of training slides"),
    /** Step 2: the lesion head alone learns on frozen latents. */
    LESION("step 2: lesion"),
    /** What the two steps are compared with: everything learns at once, by the sum of both losses. */
    JOINT("joint training"),
    /** Inference-time optimisation: the hash grid of an unseen slide. */
    ITO("inference-time optimisation"),
    /** A patch network learns the lesions. */
    PATCHES("patch training"),
    /** SwIPE, or a rival that answers points, learns from points of whole images. */
    POINTS("point training"),
    /** A rival of SwIPE that answers pixels learns from all pixels of whole images. */
    PIXELS("pixel training"),
    /** An encoder of patches learns, or what judges its codes. */
    ENCODER("encoder training"),
    /** A network learns from crops of compressed slides. */
    SLIDES("slide training"),
    /**
     * The loss on patches or slides that are not learnt from, or an encoder's; 1 - Dice of SwIPE and its rivals on such
     * images.
     */
    VALIDATION("validation"),
    /** Lesion and colours of every pixel; nothing is fitted and there is no loss. */
    PREDICTION("dense prediction");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** The options to lower where this phase diverges. */
    String rates() {
        return switch (this) {
            case RECONSTRUCTION -> "training.networkRate or training.tableRate";
            case LESION -> "training.lesionRate";
            case JOINT -> "training.networkRate, training.tableRate or training.lesionRate";
            case REFIT, ITO -> "ito.rate";
            case PATCHES, SLIDES -> "training.rate";
            case VALIDATION -> "the learning rate";
            case POINTS, PIXELS -> "optimisation.rate";
            case ENCODER -> "training.schedule.rate";
            case PREDICTION -> throw new IllegalStateException("nothing is fitted here");
        };
    }

    /** Whether it is about one slide rather than all training slides together. */
    public boolean ofOneSlide() {
        return this == REFIT || this == ITO || this == PREDICTION;
    }

    /** Whether its loss is the mean squared error of painted colours. */
    public boolean paints() {
        return this == RECONSTRUCTION || this == REFIT || this == ITO;
    }

    /** For people. */
    public String title() {
        return title;
    }
}
