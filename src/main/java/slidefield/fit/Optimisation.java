package slidefield.fit;

/** At which resolution a slide's hash grid is fitted (WSI-INR Table 1). */
public enum Optimisation {
    /** Once at Base; coarser resolutions sample the same field more coarsely ("Base-resolution opt"). */
    BASE("base-resolution"),
    /** Anew at every resolution that is asked for ("Resolution-specific opt"). */
    SAME("resolution-specific");

    private final String title;

    Optimisation(String title) {
        this.title = title;
    }

    /** For tables. */
    public String title() {
        return title;
    }
}
