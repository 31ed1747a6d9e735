package slidefield.swipe;

import slidefield.fit.RunSettings;

/**
 * What decides a training on an image set, of SwIPE and of its rivals alike, besides the network and its loss. The same seed
 * deals the same images to the splits and shows them in the same order, whatever learns from them; in batches of the same size it
 * also varies them alike.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
public sealed interface ImageSettings extends RunSettings permits SwipeSettings, RivalSettings {
    /** Of every random choice, the dealing of the images to the splits among them. */
    @Override
    long seed();

    /** Which points of an image are sampled beforehand. */
    PoolOptions points();

    /** How training images are varied. */
    AugmentationOptions augmentation();

    /** Rate and its floor, moments. */
    SwipeOptimisation optimisation();

    /** How long, and from how much at once. */
    SwipeTrainingOptions training();

    /** How whole images are answered, those of the validation among them. */
    SwipePredictionOptions prediction();

    /** Logits a pixel or point. */
    int outputs();

    /**
     * What to do to have another number of {@link #outputs}.
     *
     * @param wanted logits a pixel or point
     * @return for an error's last words
     */
    String outputsRemedy(int wanted);
}
