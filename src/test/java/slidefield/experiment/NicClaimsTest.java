package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import slidefield.data.SyntheticOptions;
import slidefield.experiment.Claim.Verdict;

/** The paper's own numbers show what the paper says of them; others need not. */
class NicClaimsTest {
    private static final Map<String, Double> CHANCE = Map.of(NicPaper.TUMOR, 0.5, NicPaper.GLOBAL, 1 / 9.0);

    private static Spread of(double mean) {
        return new Spread(mean, Double.NaN);
    }

    private static void assertVerdicts(Verdict verdict, List<Claim> claims) {
        claims.forEach(claim -> assertEquals(verdict, claim.verdict(), claim::sentence));
    }

    @Test
    void thePapersTablesShowWhatItSays() {
        assertVerdicts(Verdict.SEEN, NicClaims.patches(NicPaper.table1()::of, CHANCE));
        assertVerdicts(Verdict.SEEN, NicClaims.metastases(NicPaper.table2()::of));
        Claim claim = NicClaims.proliferation(NicPaper.table3()::of);
        assertEquals(Verdict.SEEN, claim.verdict());
        assertTrue(claim.numbers().contains("BiGAN 0.522 ± 0.001 > Supervised-tumor 0.427 ± 0.014"), claim.numbers());
    }

    @Test
    void otherNumbersAreJudgedOtherwise() {
        // given
        PaperNumbers swapped = NicPaper.table2()
                .number(NicPaper.BIGAN, NicPaper.ALL, 0.57)
                .number(NicPaper.MEAN_RGB, NicPaper.ALL, 0.62)
                .number(NicPaper.SUPERVISED_TUMOR, NicPaper.MACRO, 0.75);
        PaperNumbers chance = NicPaper.table2()
                .number(NicPaper.BIGAN, NicPaper.ALL, 0.51)
                .number(NicPaper.SUPERVISED_TUMOR, NicPaper.ALL, 0.52);
        // when
        List<Claim> claims = NicClaims.metastases(swapped::of);
        // then
        assertEquals(
                List.of(Verdict.NOT_SEEN, Verdict.PARTLY, Verdict.NOT_SEEN),
                claims.stream().map(Claim::verdict).toList());
        assertVerdicts(Verdict.UNDECIDED, NicClaims.metastases(chance::of));
        assertEquals(
                Verdict.UNDECIDED,
                NicClaims.proliferation(new PaperNumbers().number(NicPaper.BIGAN, NicPaper.ALL, 0.05)::of)
                        .verdict());
    }

    @Test
    void patchesAreJudgedByTheTasksThatThereAreAndNotAtAllByChance() {
        // given: on tumour VAE falls below mean-RGB, which leaves one part of three of the first claim wrong
        PaperNumbers changed = NicPaper.table1().number(NicPaper.VAE, NicPaper.TUMOR, 0.77);
        // when
        List<Claim> claims = NicClaims.patches(changed::of, Map.of(NicPaper.TUMOR, 0.5));
        // then
        assertEquals(
                List.of(Verdict.PARTLY, Verdict.NOT_SEEN, Verdict.SEEN),
                claims.stream().map(Claim::verdict).toList());
        assertTrue(claims.stream().noneMatch(claim -> claim.numbers().contains(NicPaper.GLOBAL)));
        PaperNumbers guessed = new PaperNumbers();
        for (String encoder : List.of(NicPaper.VAE, NicPaper.CONTRASTIVE, NicPaper.BIGAN, NicPaper.MEAN_RGB)) {
            guessed.number(encoder, NicPaper.TUMOR, 0.54);
        }
        assertVerdicts(Verdict.UNDECIDED, NicClaims.patches(guessed::of, Map.of(NicPaper.TUMOR, 0.5)));
    }

    @Test
    void everyNumberOfTheTablesIsThere() {
        // given
        List<String> encoders = List.of(
                NicPaper.VAE,
                NicPaper.CONTRASTIVE,
                NicPaper.BIGAN,
                NicPaper.MEAN_RGB,
                NicPaper.SUPERVISED_TUMOR,
                NicPaper.SUPERVISED_TISSUE);
        // when / then: the mean accuracy of nine evenly many classes is the accuracy of all
        for (String encoder : encoders) {
            double sum = NicPaper.TISSUES.stream()
                    .mapToDouble(tissue -> NicPaper.table1().of(encoder, tissue).mean())
                    .sum();
            assertEquals(NicPaper.table1().of(encoder, NicPaper.GLOBAL).mean(), sum / 9, 0.0015, encoder);
        }
        assertEquals(new Spread(0.914, 0), NicPaper.table2().of(NicPaper.SUPERVISED_TUMOR, NicPaper.MACRO));
        assertEquals(new Spread(0.558, 0.001), NicPaper.table3().of(NicPaper.BIGAN, NicPaper.TEST));
        assertTrue(
                Double.isNaN(NicPaper.table3().of(NicPaper.VAE, NicPaper.TEST).mean()));
    }

    @Test
    void theSyntheticFiguresAreJudged() {
        // given
        Map<String, Spread> order = Map.of(
                NicPaper.ORACLE,
                of(0.9),
                NicPaper.CONTRASTIVE,
                of(0.85),
                NicPaper.VAE,
                of(0.5),
                NicPaper.BIGAN,
                of(0.3));
        TreeMap<Integer, Spread> rising = new TreeMap<>(Map.of(3, of(0.4), 5, of(0.5), 9, of(0.9)));
        TreeMap<Integer, Spread> mixed = new TreeMap<>(Map.of(3, of(0.4), 5, of(0.3), 9, of(0.9)));
        TreeMap<Integer, Spread> chance = new TreeMap<>(Map.of(3, of(0.09), 9, of(0.11)));
        // when / then
        assertEquals(Verdict.SEEN, NicClaims.syntheticEncoders(order).verdict());
        assertEquals(Verdict.SEEN, NicClaims.strides(rising).verdict());
        assertEquals(Verdict.PARTLY, NicClaims.strides(mixed).verdict());
        assertEquals(Verdict.UNDECIDED, NicClaims.trainingImages(chance).verdict());
        assertEquals(
                Verdict.SEEN,
                NicClaims.codeSizes(Map.of("VAE", mixed, "BiGAN", rising)).verdict());
        assertEquals(Verdict.NOT_SEEN, NicClaims.salience(of(0.1), of(0.2)).verdict());
        assertTrue(NicClaims.salience(of(0.5), of(0.2)).sentence().contains("0.612"));
        assertEquals(
                Verdict.UNDECIDED, NicClaims.salience(of(Double.NaN), of(0)).verdict());
    }

    @Test
    void smallRectanglesNeedImagesOfBothKinds() {
        // given
        SyntheticOptions options = SyntheticOptions.paper();
        int[] labels = {1, 2, 3, 4};
        int[] predicted = {0, 2, 3, 4};
        SyntheticAccuracy both = SyntheticAccuracy.of(options, new int[] {40, 350, 400, 1700}, labels, predicted);
        SyntheticAccuracy large = SyntheticAccuracy.of(options, new int[] {400, 400, 400, 400}, labels, predicted);
        // when / then
        assertEquals(
                Verdict.SEEN, NicClaims.smallRectangles(Map.of("VAE", both)).verdict());
        assertEquals(
                Verdict.UNDECIDED,
                NicClaims.smallRectangles(Map.of("VAE", large)).verdict());
    }

    @Test
    void mostEncodersAreEnoughForLesionSizes() {
        // given
        LesionSizeCurve rises = curve(0.2, 0.8);
        LesionSizeCurve falls = curve(0.8, 0.2);
        Map<String, LesionSizeCurve> two = Map.of("a", rises, "b", falls);
        List<Spread> learned = List.of(Spread.of(0.5), Spread.of(0.7));
        // when / then
        assertEquals(
                Verdict.SEEN,
                NicClaims.lesionSizes(Map.of("a", rises, "b", rises, "c", falls), learned)
                        .verdict());
        assertEquals(Verdict.PARTLY, NicClaims.lesionSizes(two, learned).verdict());
        assertEquals(
                Verdict.NOT_SEEN,
                NicClaims.lesionSizes(Map.of("b", falls), learned).verdict());
        // and where no network tells slides apart, nothing is judged
        assertEquals(
                Verdict.UNDECIDED,
                NicClaims.lesionSizes(Map.of("a", rises), List.of(Spread.of(0.52)))
                        .verdict());
    }

    private static LesionSizeCurve curve(double small, double large) {
        return new LesionSizeCurve(
                Binned.of(new double[] {0, 1, 2}, new double[] {0.5, 1.5}, new double[] {small, large}), 0.1);
    }
}
