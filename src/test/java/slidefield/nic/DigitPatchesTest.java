package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import slidefield.fit.PlateauSchedule;

/** What the supervised encoder of the synthetic images, and the others, learn from. */
class DigitPatchesTest {
    @Example
    void unmovedDigitsAreThePatchesOfTheirSet() {
        // given two digits of each class: the second one validates
        Digits digits = DigitFixture.patterns(0);
        List<byte[]> all = digits.patches().patches();
        // when
        PatchSet training = new DigitPatches(digits, 0, 5).training(25);
        PatchSet validation = new DigitPatches(digits, 0, 5).validation(10);
        // then
        for (int i = 0; i < 25; i++) {
            assertArrayEquals(all.get(i % 10), training.patches().get(i));
            assertEquals(i % 10, training.labels()[i]);
        }
        for (int i = 0; i < 10; i++) {
            assertArrayEquals(all.get(10 + i), validation.patches().get(i));
            assertEquals(i, validation.labels()[i]);
        }
        assertEquals(digits.patches().classes(), training.classes());
    }

    @Property(tries = 30)
    void movedDigitsShowTheSamePixelsElsewhere(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int shift) {
        // given digits of one grey each
        Digits digits = DigitFixture.patterns(3);
        byte[] first = new byte[30 * 30];
        digits.paste(0, first, 30, 10, 10);
        // when
        byte[] moved =
                new DigitPatches(digits, shift, seed).training(10).patches().get(0);
        // then some move by at most the shift explains all pixels
        boolean explained = false;
        for (int dx = -shift; dx <= shift; dx++) {
            for (int dy = -shift; dy <= shift; dy++) {
                byte[] expected = new byte[81];
                for (int y = 0; y < 9; y++) {
                    System.arraycopy(first, (10 + y - dy) * 30 + 10 - dx, expected, 9 * y, 9);
                }
                explained |= Arrays.equals(expected, moved);
            }
        }
        assertTrue(explained);
        assertArrayEquals(
                moved,
                new DigitPatches(digits, shift, seed).training(10).patches().get(0));
    }

    @Example
    void movesDifferFromDigitToDigit() {
        List<byte[]> patches =
                new DigitPatches(DigitFixture.patterns(0), 3, 1).training(100).patches();
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < 100; i += 10) {
            different.add(Arrays.hashCode(patches.get(i)));
        }
        assertTrue(different.size() > 4, different.size() + " moves of one digit in ten");
    }

    @Example
    void impossibleOnesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DigitPatches(DigitFixture.patterns(0), 9, 1));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new DigitPatches(DigitFixture.plain(), 0, 1))
                .getMessage();
        assertTrue(message.contains("two digits of each class"), message);
    }

    @Example
    void everyEncoderGetsItsKindOfExamples() {
        // given
        SyntheticExamples examples = new SyntheticExamples(DigitFixture.set(90, 3), 40, 2);
        for (String name : List.of("vae", "contrastive", "bigan", "supervised")) {
            EncoderSettings preset = EncoderSettings.preset(name + "-digits");
            EncoderSettings settings = preset.with(List.of(
                    "patches.training=30",
                    "patches.validation=" + (preset.objective().validates() ? 20 : 0)));
            // when
            EncoderExamples training = examples.training(settings);
            EncoderExamples validation = examples.validation(settings);
            // then
            assertEquals(30, training.count(), name);
            assertEquals(name.equals("contrastive"), training instanceof PatchPairs, name);
            assertEquals(name.equals("bigan"), validation == null, name);
            if (validation != null) {
                assertEquals(20, validation.count(), name);
                float[] one =
                        training.batch(List.of(0), PatchAugmentation.NONE, 1).first();
                float[] other =
                        validation.batch(List.of(0), PatchAugmentation.NONE, 1).first();
                assertFalse(Arrays.equals(one, other), name + " validates with what it learns from");
            }
            float[] other = examples.training(settings.withSeed(9))
                    .batch(List.of(0, 1, 2), PatchAugmentation.NONE, 1)
                    .first();
            assertNotEquals(
                    Arrays.hashCode(training.batch(List.of(0, 1, 2), PatchAugmentation.NONE, 1)
                            .first()),
                    Arrays.hashCode(other),
                    name);
        }
    }

    @Example
    void thePresetsOfDigitsAreThePapers() {
        EncoderSettings oracle = EncoderSettings.preset("supervised-digits");
        assertEquals(StridedEncoderOptions.synthetic(EncoderMethod.SUPERVISED, 16), oracle.encoder());
        assertEquals(EncoderTrainingOptions.paper(1e-2, 200), oracle.training());
        EncoderSettings contrastive = EncoderSettings.preset("contrastive-digits");
        assertEquals(
                1_000_000,
                contrastive.patches().training() + contrastive.patches().validation());
        EncoderSettings vae = EncoderSettings.preset("vae-digits");
        assertEquals(2_000_000, vae.patches().training() + vae.patches().validation());
        assertEquals(PlateauSchedule.tenths(1e-3, 5), vae.training().schedule());
        assertEquals(200_000, EncoderSettings.preset("bigan-digits").training().iterations());
        assertEquals(PatchAugmentation.digits(9), vae.augmentation());
    }
}
