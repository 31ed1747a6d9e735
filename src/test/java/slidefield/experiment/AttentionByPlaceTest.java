package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import slidefield.experiment.AttentionByPlace.Place;
import slidefield.swipe.LabelledImage;

class AttentionByPlaceTest {
    private static final int SIDE = 8;

    /** Foreground in the columns before one. */
    private static LabelledImage image(int before) {
        byte[] classes = new byte[SIDE * SIDE];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (byte) (i % SIDE < before ? 1 : 0);
        }
        return new LabelledImage("a", SIDE, SIDE, new int[SIDE * SIDE], classes);
    }

    /** Four patches; w0 is 0.4 in the left ones and 0.1 in the right ones, w1 is 0.1 everywhere. */
    private static float[] attention() {
        float[] left = {0.4f, 0.1f, 0.2f, 0.3f};
        float[] right = {0.1f, 0.1f, 0.3f, 0.5f};
        float[] all = new float[16];
        for (int patch = 0; patch < 4; patch++) {
            System.arraycopy(patch % 2 == 0 ? left : right, 0, all, 4 * patch, 4);
        }
        return all;
    }

    private static float[] probability(double right) {
        float[] probability = new float[SIDE * SIDE];
        for (int i = 0; i < probability.length; i++) {
            probability[i] = i % SIDE < SIDE / 2 ? 0.9f : (float) right;
        }
        return probability;
    }

    @Test
    void patchesArePutWhereTheirPixelsSay() {
        AttentionByPlace places = new AttentionByPlace();

        places.add(0, image(3), attention(), 2, 2, probability(0.05));
        places.add(0, image(4), attention(), 2, 2, probability(0.05));
        places.add(0, image(4), attention(), 2, 2, probability(0.2));

        // the right patches are background: confident in the first two images, not in the third
        assertEquals(2, places.patches(Place.BORDER));
        assertEquals(4, places.patches(Place.INTERIOR));
        assertEquals(4, places.patches(Place.BACKGROUND));
        assertEquals(0.5, places.lower(Place.BORDER).mean(), 1e-6);
        assertEquals(0.2, places.lower(Place.BACKGROUND).mean(), 1e-6);
        assertEquals(0.5, places.weight(Place.BACKGROUND, 3).mean(), 1e-6);
    }

    @Test
    void theDeviationIsOverSeedsAndTheClaimComparesTheBorderWithTheRest() {
        AttentionByPlace places = new AttentionByPlace();
        float[] flat = new float[16];
        Arrays.fill(flat, 0.25f);
        places.add(0, image(3), attention(), 2, 2, probability(0.05));
        places.add(1, image(3), flat, 2, 2, probability(0.05));

        // by seed 0.5 and 0.5 at the border, 0.2 and 0.5 in the background
        assertEquals(0, places.lower(Place.BORDER).deviation(), 1e-6);
        assertEquals(0.35, places.lower(Place.BACKGROUND).mean(), 1e-6);
        assertEquals(0.3 / Math.sqrt(2), places.lower(Place.BACKGROUND).deviation(), 1e-6);
        Claim claim = places.claim();
        assertEquals(Claim.Verdict.SEEN, claim.verdict());
        assertTrue(claim.numbers().contains("50.00 ± 0.00 > in confident background 35.00 ± 21.21"), claim.numbers());
        assertEquals(3, places.table().rowCount());
        assertTrue(places.table().doubleColumn("w0").isMissing(1), "no interior");
        assertEquals(2, places.bars().size());
    }

    @Test
    void withoutABorderNothingIsJudged() {
        AttentionByPlace places = new AttentionByPlace();
        places.add(0, image(4), attention(), 2, 2, probability(0.05));

        assertEquals(Claim.Verdict.UNDECIDED, places.claim().verdict());
    }
}
