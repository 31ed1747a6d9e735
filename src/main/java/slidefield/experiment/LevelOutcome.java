package slidefield.experiment;

import slidefield.score.Confusion;

/**
 * What one variant of a hash grid came to on one slide.
 *
 * @param variant which levels
 * @param seed of the training
 * @param slide the unseen slide
 * @param quality of the paint
 * @param counts pixels against the annotation
 * @param allTissue what calling every pixel but bare glass a lesion would count
 */
record LevelOutcome(
        LevelVariant variant, long seed, String slide, PaintQuality quality, Confusion counts, Confusion allTissue) {
    double dice() {
        return counts.scores().dice();
    }
}
