package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import slidefield.experiment.Claim.Verdict;
import slidefield.experiment.DecouplingClaims.Means;
import slidefield.score.Confusion;
import slidefield.score.Resolution;

/** Verdicts follow the numbers, both ways. */
class ClaimTest {
    private static Map<Resolution, Double> dice(double base, double half, double quarter) {
        Map<Resolution, Double> dice = new EnumMap<>(Resolution.class);
        dice.put(Resolution.BASE, base);
        dice.put(Resolution.HALF, half);
        dice.put(Resolution.QUARTER, quarter);
        return dice;
    }

    private static Claim crossing(Map<Resolution, Double> unet, Map<Resolution, Double> specific) {
        return CrossResolutionClaim.of(Map.of("U-Net", unet), Map.entry("ours", specific));
    }

    @Test
    void thePapersOwnTable1ShowsWhatThePaperSays() {
        Map<String, Map<Resolution, Double>> patch = new LinkedHashMap<>();
        PaperDice.PATCH_METHODS.forEach(name -> patch.put(name, PaperDice.of(PaperDice.TABLE_1, name)));

        Claim claim = CrossResolutionClaim.of(
                patch, Map.entry("ours", PaperDice.of(PaperDice.TABLE_1, PaperDice.SPECIFIC_OPT)));

        assertEquals(Verdict.SEEN, claim.verdict());
        assertTrue(claim.sentence().contains("U-Net falls (-54.3 % at Base/4)"), claim.sentence());
        assertTrue(claim.sentence().contains("ours does not fall (-3.5 % at Base/2)"), claim.sentence());
    }

    @Test
    void fallingAndNotFallingAreSeenInTheNumbers() {
        assertEquals(
                Verdict.SEEN,
                crossing(dice(0.8, 0.6, 0.5), dice(0.7, 0.7, 0.71)).verdict());
        assertEquals(
                Verdict.PARTLY,
                crossing(dice(0.8, 0.6, 0.5), dice(0.7, 0.6, 0.5)).verdict());
        assertEquals(
                Verdict.PARTLY,
                crossing(dice(0.8, 0.8, 0.8), dice(0.7, 0.7, 0.71)).verdict());
        assertEquals(
                Verdict.NOT_SEEN,
                crossing(dice(0.8, 0.8, 0.9), dice(0.7, 0.6, 0.8)).verdict());
        // Just within and just beyond the tolerance.
        assertEquals(
                Verdict.SEEN, crossing(dice(1, 0.949, 1), dice(1, 0.951, 1)).verdict());
    }

    @Test
    void whereNothingIsFoundAtBaseNothingCanFall() {
        Claim claim = crossing(dice(0, 0, 0), dice(0.7, 0.7, 0.7));

        assertEquals(Verdict.UNDECIDED, claim.verdict());
        assertTrue(claim.sentence().contains("cannot be judged"), claim.sentence());
        assertTrue(claim.sentence().contains("U-Net finds next to nothing"), claim.sentence());
    }

    @Test
    void answersWithoutSegmentationAtBaseCannotFall() {
        // given a U-Net that calls all tissue a lesion
        Outcomes outcomes = new Outcomes();
        Confusion tissue = new Confusion(1000, 500, 0, 500);
        for (Resolution resolution : Resolution.values()) {
            outcomes.add(new Outcome("U-Net", 0, "slide", resolution, tissue, tissue, Double.NaN, 1));
            outcomes.add(outcome("ours", 0, resolution, 0.5));
        }
        // when
        Claim claim = CrossResolutionClaim.of(outcomes, List.of("U-Net"), "ours");
        // then
        assertEquals(Verdict.UNDECIDED, claim.verdict());
        assertTrue(
                claim.sentence().contains("\" cannot be judged from our data: no segmentation at Base by U-Net"),
                claim.sentence());
    }

    @Test
    void seedsThatAgreeWithTheMeanAreCounted() {
        // given a U-Net that falls in two of three seeds
        Outcomes outcomes = new Outcomes();
        double[] quarters = {0.2, 0.2, 0.5};
        for (int seed = 0; seed < 3; seed++) {
            for (Resolution resolution : Resolution.values()) {
                double unet = resolution == Resolution.QUARTER ? quarters[seed] : 0.5;
                outcomes.add(outcome("U-Net", seed, resolution, unet));
                outcomes.add(outcome("ours", seed, resolution, 0.5));
            }
        }
        // when
        Claim claim = CrossResolutionClaim.of(outcomes, List.of("U-Net"), "ours");
        // then
        assertEquals(Verdict.SEEN, claim.verdict());
        assertTrue(claim.sentence().contains("2 of 3 seeds give the same verdict"), claim.sentence());
    }

    /** Of 1000 lesion pixels, so many are found that the Dice is near the given one. */
    static Outcome outcome(String method, long seed, Resolution resolution, double dice) {
        long found = Math.round(1000 * dice / (2 - dice));
        return new Outcome(
                method,
                seed,
                "slide",
                resolution,
                new Confusion(found, 0, 1000 - found, 1000),
                new Confusion(1000, 500, 0, 500),
                Double.NaN,
                1);
    }

    @Test
    void encodingsAreComparedStepByStep() {
        Map<Resolution, Double> zero = dice(0, 0, 0);
        Map<Resolution, Double> low = dice(0.1, 0.1, 0.1);
        Map<Resolution, Double> high = dice(0.3, 0.3, 0.3);

        assertEquals(Verdict.SEEN, EncodingClaim.of(zero, low, high).verdict());
        assertEquals(Verdict.NOT_SEEN, EncodingClaim.of(high, low, zero).verdict());
        assertEquals(Verdict.NOT_SEEN, EncodingClaim.of(low, low, low).verdict());
        Claim mixed = EncodingClaim.of(zero, zero, high);
        assertEquals(Verdict.PARTLY, mixed.verdict());
        assertTrue(mixed.sentence().contains("hash grid 0.3000 > NeRF 0.0000 = none 0.0000"), mixed.sentence());
    }

    @Test
    void decouplingIsJudgedFromStructureDetailAndDice() {
        Means full = new Means(34, 40, 0.8, 0.8);
        Means low = new Means(25, 38, 0.1, 0.6);
        Means high = new Means(22, 24, 0.3, 0.1);

        List<Claim> seen = DecouplingClaims.of(full, low, high, 0.4);
        List<Claim> turned = DecouplingClaims.of(low, high, full, 0.4);

        assertEquals(
                List.of(Verdict.SEEN, Verdict.SEEN, Verdict.SEEN),
                seen.stream().map(Claim::verdict).toList());
        assertEquals(
                List.of(Verdict.PARTLY, Verdict.NOT_SEEN, Verdict.NOT_SEEN),
                turned.stream().map(Claim::verdict).toList());
    }

    @Test
    void segmentationDependsOnPaintIfTheirRanksGoTogether() {
        long seed = 7;
        Random random = new Random(seed);
        double[] psnr = random.doubles(40, 20, 35).toArray();
        double[] follows = java.util.Arrays.stream(psnr).map(p -> p / 40).toArray();
        double[] opposes = java.util.Arrays.stream(psnr).map(p -> 1 - p / 40).toArray();

        assertEquals(Verdict.SEEN, DecouplingClaims.depends(psnr, follows).verdict(), "seed " + seed);
        assertEquals(Verdict.NOT_SEEN, DecouplingClaims.depends(psnr, opposes).verdict(), "seed " + seed);
        assertEquals(
                Verdict.UNDECIDED,
                DecouplingClaims.depends(psnr, new double[40]).verdict(),
                "seed " + seed);
        assertEquals(
                Verdict.UNDECIDED,
                DecouplingClaims.depends(new double[] {1, 2}, new double[] {1, 2})
                        .verdict());
    }

    private static Map<String, Double> areas(double fine, double coarse, double bilinear, double transposed) {
        Map<String, Double> areas = new LinkedHashMap<>();
        areas.put("fine", fine);
        areas.put("coarse", coarse);
        areas.put(MrnClaims.BILINEAR, bilinear);
        areas.put(MrnClaims.TRANSPOSED, transposed);
        return areas;
    }

    private static List<Verdict> curves(Map<String, Double> validation, Map<String, Double> test) {
        return MrnClaims.of(List.of("fine", "coarse"), validation, test).stream()
                .map(Claim::verdict)
                .toList();
    }

    @Test
    void rocCurvesAreJudgedFromTheirAreas() {
        assertEquals(
                List.of(Verdict.SEEN, Verdict.SEEN, Verdict.SEEN, Verdict.SEEN),
                curves(areas(0.95, 0.945, 0.95, 0.955), areas(0.8, 0.7, 0.9, 0.95)));
        assertEquals(
                List.of(Verdict.NOT_SEEN, Verdict.NOT_SEEN, Verdict.NOT_SEEN, Verdict.NOT_SEEN),
                curves(areas(0.8, 0.95, 0.9, 0.9), areas(0.7, 0.9, 0.8, 0.85)));
        assertEquals(
                List.of(Verdict.SEEN, Verdict.UNDECIDED, Verdict.UNDECIDED, Verdict.UNDECIDED),
                curves(areas(0.9, 0.9, 0.9, 0.91), areas(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
    }

    @Test
    void piecesTellDiscontinuousMasksFromContinuousOnes() {
        ConnectedComponents pieces = new ConnectedComponents()
                .add(new ConnectedComponents.Row("U-Net", "s", Resolution.BASE, 9, 1, new Confusion()))
                .add(new ConnectedComponents.Row("TransUNet", "s", Resolution.BASE, 2, 1, new Confusion()))
                .add(new ConnectedComponents.Row("ours", "s", Resolution.BASE, 3, 1, new Confusion()));

        assertEquals(Verdict.SEEN, pieces.claim(List.of("U-Net"), "ours").verdict());
        assertEquals(
                Verdict.PARTLY,
                pieces.claim(List.of("U-Net", "TransUNet"), "ours").verdict());
        assertEquals(
                Verdict.NOT_SEEN, pieces.claim(List.of("TransUNet"), "ours").verdict());
    }
}
