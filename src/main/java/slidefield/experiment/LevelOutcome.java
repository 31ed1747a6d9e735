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
 */
record LevelOutcome(LevelVariant variant, long seed, String slide, PaintQuality quality, Confusion counts) {
    double dice() {
        return counts.scores().dice();
    }
}
