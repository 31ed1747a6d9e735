package slidefield.nic;

import slidefield.fit.Check;

/**
 * How codes are judged by a small network upon them (Tellez et al. 2019, section 5.2 and Table 1).
 *
 * <p>Immutable: thread-safe.
 *
 * @param seed of its weights and of the order of the codes
 * @param width values between a code and its logits, 256 in the paper
 * @param training how it is trained
 */
public record ProbeOptions(long seed, int width, EncoderTrainingOptions training) {
    /** @throws IllegalArgumentException if an option is out of range or missing */
    public ProbeOptions {
        Check.between("width", width, 1, 65536);
        if (training == null) {
            throw new IllegalArgumentException("training is missing");
        }
    }

    /** The paper's: 256 values, batches of 64, Adam from 1e-2 divided by 10 down to 1e-5; at most 200 epochs. */
    public static ProbeOptions paper(long seed) {
        return new ProbeOptions(seed, 256, EncoderTrainingOptions.paper(1e-2, 200));
    }
}
