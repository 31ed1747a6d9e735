package slidefield.experiment;

import slidefield.fit.FitListener;
import slidefield.patch.PatchSettings;
import slidefield.patch.TrainedPatchNetwork;

/** A patch network as a row of a table: trained at Base, applied unchanged to the pixels of every resolution. */
final class PatchMethod implements Method {
    private final String name;
    private final String run;
    private final PatchRuns networks;
    private final PatchSettings settings;
    private final FitListener listener;

    /**
     * @param name the row's
     * @param run the run's
     * @param networks trains
     * @param settings without the seed
     * @param listener told how it goes
     */
    PatchMethod(String name, String run, PatchRuns networks, PatchSettings settings, FitListener listener) {
        this.name = name;
        this.run = run;
        this.networks = networks;
        this.settings = settings;
        this.listener = listener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public void require(long seed) {
        networks.require(run, seed, settings.withSeed(seed));
    }

    @Override
    public Model train(long seed) {
        TrainedPatchNetwork network = networks.of(run, seed, settings.withSeed(seed));
        return (slide, resolution) -> network.predict(slide, resolution, listener);
    }
}
