package slidefield.fit;

import slidefield.nn.AdamOptions;

/**
 * Two-step training (WSI-INR section 2).
 *
 * @param window side of a window in pixels, the unit of a step, 8 to 8192
 * @param jitter largest random move of a window in an epoch, in pixels, at most 8192
 * @param minimumTissue windows with a smaller share of tissue are skipped, 0 to 1
 * @param reconstructionEpochs epochs of step 1: hash grids, decoder and reconstruction head
 * @param lesionEpochs epochs of step 2: the lesion head
 * @param tableRate Adam's learning rate of the hash grids
 * @param networkRate Adam's learning rate of decoder and reconstruction head
 * @param lesionRate Adam's learning rate of the lesion head
 * @param lesionFinalRate share of {@code lesionRate} that is left at the last step; it falls along a cosine, 1 keeps it
 * @param beta1 Adam's decay of the gradient's mean
 * @param beta2 Adam's decay of the gradient's square
 * @param latents what the lesion head learns from
 * @param tablesOnDisk where the hash grids live
 */
public record TrainingOptions(
        int window,
        int jitter,
        double minimumTissue,
        int reconstructionEpochs,
        int lesionEpochs,
        double tableRate,
        double networkRate,
        double lesionRate,
        double lesionFinalRate,
        double beta1,
        double beta2,
        LatentOptions latents,
        TablesOnDisk tablesOnDisk) {
    public TrainingOptions {
        Check.between("window", window, 8, 8192);
        Check.between("jitter", jitter, 0, 8192);
        Check.share("minimumTissue", minimumTissue);
        Check.atLeast("reconstructionEpochs", reconstructionEpochs, 1);
        Check.atLeast("lesionEpochs", lesionEpochs, 0);
        Check.positive("tableRate", tableRate);
        Check.positive("networkRate", networkRate);
        Check.positive("lesionRate", lesionRate);
        Check.share("lesionFinalRate", lesionFinalRate);
        Check.below("beta1", beta1, 0, 1);
        Check.below("beta2", beta2, 0, 1);
        if (latents == null) {
            throw new IllegalArgumentException("latents are missing");
        }
        if (tablesOnDisk == null) {
            throw new IllegalArgumentException("tablesOnDisk must be auto, always or never");
        }
    }

    /** Whether an epoch is the last one of its step, or the end of one slide's refit. */
    boolean endsStep(EpochReport newest) {
        return switch (newest.phase()) {
            case RECONSTRUCTION -> newest.epoch() == reconstructionEpochs;
            case REFIT -> true;
            case LESION -> newest.epoch() == lesionEpochs;
            default -> false;
        };
    }

    /** Adam for network weights. */
    AdamOptions networkAdam(double rate) {
        return new AdamOptions(rate, beta1, beta2, 1e-8, 0, false);
    }

    /** Adam for tables: rarely met entries get tiny gradients, so the epsilon is far below them (Mueller et al. 2022). */
    AdamOptions tableAdam(double rate) {
        return new AdamOptions(rate, beta1, beta2, 1e-15, 0, false);
    }
}
