package slidefield.experiment;

import java.util.Locale;
import slidefield.fit.Check;
import slidefield.fit.YamlOptions;
import slidefield.nic.EncoderSettings;
import slidefield.nic.SlideCnnSettings;

/**
 * What a network of compressed synthetic images was trained with besides the images.
 *
 * @param encoder of the patches
 * @param stride S, pixels from patch to patch
 * @param percent of the images of every fold to learn from that is used
 * @param network of the compressed images
 */
record SyntheticSetup(EncoderSettings encoder, int stride, int percent, SlideCnnSettings network) {
    /** As a file of a run. */
    static final YamlOptions<SyntheticSetup> YAML = new YamlOptions<>(SyntheticSetup.class, "stride=9");

    SyntheticSetup {
        Check.between("stride", stride, 1, 1 << 16);
        Check.between("percent", percent, 1, 100);
    }

    /** The same with one seed for both trainings. */
    SyntheticSetup withSeed(long seed) {
        return new SyntheticSetup(encoder.withSeed(seed), stride, percent, network.withSeed(seed));
    }

    /** The seed of both trainings. */
    long seed() {
        return network.seed();
    }

    /** C, values of a code. */
    int code() {
        return encoder.encoder().code();
    }

    /** The name of the encoder's runs. */
    String encoderRun() {
        return encoder.preset() + "-c" + code();
    }

    /** The name of the network's runs. */
    String run() {
        String share = percent == 100 ? "" : "-" + percent + "pc";
        return String.format(Locale.ROOT, "nic-%s-s%d%s", encoderRun(), stride, share);
    }
}
