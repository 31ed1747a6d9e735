package slidefield.swipe;

import java.util.List;

/** Rivals of a few hundred to a few thousand parameters with every part, and how they are trained in a second. */
final class TinyRivals {
    private static final BackboneOptions BACKBONE = new BackboneOptions(2, List.of(1, 1, 1, 1), List.of(4, 4, 5, 5), 2);

    static final PixelUNetOptions UNET = new PixelUNetOptions(2, 3);
    static final PraNetOptions PRANET = new PraNetOptions(BACKBONE, 2, 3, 2);
    static final Res2UNetOptions RES2UNET = new Res2UNetOptions(BACKBONE, List.of(4, 3, 3, 2), 2, 1);
    static final TinyPointNetwork.Options POINTS = new TinyPointNetwork.Options(1, true);

    private TinyRivals() {}

    static List<RivalOptions> all() {
        return List.of(UNET, PRANET, RES2UNET, POINTS);
    }

    /** 3 epochs of 2 steps with images of 64 x 64, validated after the second and the third, but for changes. */
    static RivalSettings settings(RivalOptions rival, String... changes) {
        return RivalSettings.preset("unet-teaching")
                .with(List.of(
                        "seed=5",
                        "training.size=64",
                        "training.batch=2",
                        "training.points=40",
                        "optimisation.epochs=3"))
                .with(List.of(changes))
                .with(rival);
    }
}
