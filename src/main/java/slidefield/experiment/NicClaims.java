package slidefield.experiment;

import static slidefield.experiment.NicPaper.BIGAN;
import static slidefield.experiment.NicPaper.CONTRASTIVE;
import static slidefield.experiment.NicPaper.MEAN_RGB;
import static slidefield.experiment.NicPaper.ORACLE;
import static slidefield.experiment.NicPaper.SUPERVISED_TUMOR;
import static slidefield.experiment.NicPaper.UNSUPERVISED;
import static slidefield.experiment.NicPaper.VAE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What the paper on Neural Image Compression reads from its tables and figures (Tellez et al. 2019, section 4), judged from
 * numbers: those of the tables by row and column, as {@link PaperNumbers#of} gives the paper's own.
 */
final class NicClaims {
    private static final String FORMAT = "%.3f";

    /** Where no area is above this, no network tells slides apart. */
    private static final double LEAST_AREA = 0.55;

    /** Where no correlation is above this, no network predicts anything. */
    private static final double LEAST_CORRELATION = 0.1;

    /** Where no accuracy is above this, no network tells ten classes apart; chance is 0.1. */
    private static final double LEAST_ACCURACY = 0.15;

    /** Where no accuracy is above guessing by more than this, no code tells anything. */
    private static final double LEAST_ABOVE_CHANCE = 0.05;

    private NicClaims() {}

    private static AboveClaim claim(String paper) {
        return new AboveClaim(paper, FORMAT);
    }

    /**
     * Table 1, by encoder and column.
     *
     * @param accuracy of patches
     * @param chance of the columns: accuracy of guessing
     */
    static List<Claim> patches(BiFunction<String, String, Spread> accuracy, Map<String, Double> chance) {
        boolean decided = chance.entrySet().stream()
                .anyMatch(task -> Stream.concat(UNSUPERVISED.stream(), Stream.of(MEAN_RGB))
                        .anyMatch(encoder ->
                                accuracy.apply(encoder, task.getKey()).mean() > task.getValue() + LEAST_ABOVE_CHANCE));
        AboveClaim above = claim("VAE, contrastive and BiGAN are above mean-RGB on all tasks");
        AboveClaim vae = claim("VAE is above contrastive on all tasks");
        AboveClaim best = claim("BiGAN is the best unsupervised encoder on all tasks");
        for (String task : chance.keySet()) {
            String on = " (" + task + ")";
            for (String encoder : UNSUPERVISED) {
                above.above(encoder + on, accuracy.apply(encoder, task), MEAN_RGB, accuracy.apply(MEAN_RGB, task));
            }
            Spread reconstruction = accuracy.apply(VAE, task);
            Spread contrastive = accuracy.apply(CONTRASTIVE, task);
            vae.above(VAE + on, reconstruction, CONTRASTIVE, contrastive);
            best.above(BIGAN + on, accuracy.apply(BIGAN, task), VAE, reconstruction);
            best.above(BIGAN + on, accuracy.apply(BIGAN, task), CONTRASTIVE, contrastive);
        }
        return List.of(above.claim(decided), vae.claim(decided), best.claim(decided));
    }

    /** Table 2, by encoder and the heading of a {@link NicSet}. */
    static List<Claim> metastases(BiFunction<String, String, Spread> area) {
        String all = NicPaper.ALL;
        Spread bigan = area.apply(BIGAN, all);
        Spread lower = area.apply(MEAN_RGB, all);
        boolean decided =
                bigan.mean() > LEAST_AREA || area.apply(SUPERVISED_TUMOR, all).mean() > LEAST_AREA;
        Claim best = claim("on all slides BiGAN is above contrastive and VAE")
                .above(BIGAN, bigan, CONTRASTIVE, area.apply(CONTRASTIVE, all))
                .above(BIGAN, bigan, VAE, area.apply(VAE, all))
                .claim(decided);
        Claim baseline = claim("contrastive and VAE surpass the lower baseline, mean-RGB")
                .above(CONTRASTIVE, area.apply(CONTRASTIVE, all), MEAN_RGB, lower)
                .above(VAE, area.apply(VAE, all), MEAN_RGB, lower)
                .claim(decided);
        Claim gap = claim("the supervised baseline's lead over BiGAN is larger on Macro than on Test")
                .above("lead on Macro", lead(area, NicPaper.MACRO), "lead on Test", lead(area, NicPaper.TEST))
                .claim(decided);
        return List.of(best, baseline, gap);
    }

    private static Spread lead(BiFunction<String, String, Spread> area, String set) {
        return Spread.of(area.apply(SUPERVISED_TUMOR, set).mean()
                - area.apply(BIGAN, set).mean());
    }

    /** Table 3: correlation by encoder, on all training slides. */
    static Claim proliferation(BiFunction<String, String, Spread> correlation) {
        AboveClaim claim = claim("BiGAN's correlation is above that of any other encoder, supervised or not");
        Spread bigan = correlation.apply(BIGAN, NicPaper.ALL);
        for (String other : List.of(VAE, CONTRASTIVE, MEAN_RGB, SUPERVISED_TUMOR)) {
            claim.above(BIGAN, bigan, other, correlation.apply(other, NicPaper.ALL));
        }
        return claim.claim(bigan.mean() > LEAST_CORRELATION);
    }

    /** Figure 6, text: accuracy on synthetic test images by encoder. */
    static Claim syntheticEncoders(Map<String, Spread> accuracy) {
        AboveClaim claim =
                claim("the contrastive encoder comes close to the oracle, VAE and BiGAN follow in this order");
        claim.above(ORACLE, accuracy.get(ORACLE), CONTRASTIVE, accuracy.get(CONTRASTIVE))
                .above(CONTRASTIVE, accuracy.get(CONTRASTIVE), VAE, accuracy.get(VAE))
                .above(VAE, accuracy.get(VAE), BIGAN, accuracy.get(BIGAN));
        return claim.claim(learned(accuracy.values().stream()));
    }

    /** Figure 6 a. */
    static Claim smallRectangles(Map<String, SyntheticAccuracy> byEncoder) {
        AboveClaim claim = claim("accuracy falls quickly for rectangles below 10 % of the image's size");
        byEncoder.forEach((encoder, accuracy) -> claim.above(
                encoder + " on others",
                Spread.of(accuracy.accuracy(false)),
                "on small ones",
                Spread.of(accuracy.accuracy(true))));
        boolean both = byEncoder.values().stream()
                .noneMatch(one -> Double.isNaN(one.accuracy(true)) || Double.isNaN(one.accuracy(false)));
        return claim.claim(both && byEncoder.values().stream().anyMatch(one -> one.accuracy() > LEAST_ACCURACY));
    }

    /** Figure 6 b: accuracy by encoder and code size; both ends are compared. */
    static Claim codeSizes(Map<String, SortedMap<Integer, Spread>> byEncoder) {
        AboveClaim claim = claim("larger codes generally do better");
        byEncoder.forEach((encoder, sizes) -> {
            int least = sizes.firstKey();
            int most = sizes.lastKey();
            claim.above(encoder + " with " + most, sizes.get(most), "with " + least, sizes.get(least));
        });
        return claim.claim(learned(byEncoder.values().stream().flatMap(sizes -> sizes.values().stream())));
    }

    /** Figure 6 c: accuracy by stride; each is compared with the next larger one. */
    static Claim strides(SortedMap<Integer, Spread> byStride) {
        return rising("a smaller stride hampers performance", byStride, "stride ");
    }

    /** Figure 6 d: accuracy by training images; each number is compared with the next larger one. */
    static Claim trainingImages(SortedMap<Integer, Spread> byImages) {
        return rising("the method needs in the order of thousands of images", byImages, "images ");
    }

    private static Claim rising(String paper, SortedMap<Integer, Spread> numbers, String unit) {
        AboveClaim claim = claim(paper);
        List<Integer> keys = new ArrayList<>(numbers.keySet());
        for (int i = 1; i < keys.size(); i++) {
            claim.above(
                    unit + keys.get(i), numbers.get(keys.get(i)), unit + keys.get(i - 1), numbers.get(keys.get(i - 1)));
        }
        return claim.claim(learned(numbers.values().stream()));
    }

    private static boolean learned(Stream<Spread> accuracies) {
        return accuracies.anyMatch(one -> one.mean() > LEAST_ACCURACY);
    }

    /**
     * Figure 7: Grad-CAM against the rectangles.
     *
     * @param tilted mean Jaccard index with the tilted rectangle, whose class is the label
     * @param straight the same with the straight one
     */
    static Claim salience(Spread tilted, Spread straight) {
        String printed = String.format(Locale.ROOT, "%.3f", NicPaper.JACCARD);
        return claim("the network looks at the tilted rectangle")
                .above("Jaccard with the tilted one", tilted, "with the straight one", straight)
                .claim(!Double.isNaN(tilted.mean()))
                .and("the paper's Jaccard is " + printed);
    }

    /**
     * Figure 8: largest against smallest lesions, by encoder.
     *
     * @param areas of the encoders on all slides; where none is above chance, no network looks at lesions
     */
    static Claim lesionSizes(Map<String, LesionSizeCurve> byEncoder, Collection<Spread> areas) {
        AboveClaim claim = claim("performance falls with small lesions, for most encoders");
        byEncoder.forEach((encoder, curve) -> {
            double[] means = curve.positive().found();
            claim.above(encoder + " large", Spread.of(means[means.length - 1]), "small", Spread.of(means[0]));
        });
        boolean learned = areas.stream().anyMatch(area -> area.mean() > LEAST_AREA);
        return claim.claimOfMost(learned
                && byEncoder.values().stream()
                        .anyMatch(curve -> curve.positive().found().length > 1));
    }
}
