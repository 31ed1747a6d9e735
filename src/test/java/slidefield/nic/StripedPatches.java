package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import slidefield.fit.PlateauSchedule;

/** Patches that are easily told apart: grey stripes of 8 x 8 pixels, across or down, of random phase and strength. */
final class StripedPatches {
    static final int SIDE = 8;

    private StripedPatches() {}

    /** Across and down in turn. */
    static PatchSet labelled(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> patches = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            patches.add(stripes(labels[i] == 1, random));
        }
        return new PatchSet(SIDE, 1, patches, labels, List.of("across", "down"));
    }

    static PatchSet unlabelled(int count, long seed) {
        return PatchSet.unlabelled(SIDE, 1, labelled(count, seed).patches());
    }

    /** Two of the same direction, or of both. */
    static PatchPairs pairs(int count, long seed) {
        Random random = new Random(seed);
        PatchSet patches = unlabelled(2 * count, seed);
        int[] first = new int[count];
        int[] second = new int[count];
        boolean[] same = new boolean[count];
        for (int i = 0; i < count; i++) {
            first[i] = random.nextInt(2 * count);
            same[i] = random.nextBoolean();
            int other = 2 * random.nextInt(count);
            second[i] = other + (same[i] ? first[i] % 2 : 1 - first[i] % 2);
        }
        return new PatchPairs(patches, first, second, same);
    }

    private static byte[] stripes(boolean down, Random random) {
        int phase = random.nextInt(4);
        int strength = 60 + random.nextInt(60);
        byte[] patch = new byte[SIDE * SIDE];
        for (int i = 0; i < patch.length; i++) {
            int along = down ? i % SIDE : i / SIDE;
            patch[i] = (byte) (128 + ((along + phase) / 2 % 2 == 0 ? strength : -strength));
        }
        return patch;
    }

    static StridedEncoderOptions encoder(EncoderMethod method) {
        return new StridedEncoderOptions(method, SIDE, 1, List.of(6, 8), 12, 4);
    }

    static EncoderTrainingOptions training(int epochs, double rate) {
        return new EncoderTrainingOptions(16, epochs, 0, PlateauSchedule.tenths(rate, 4), 0.9, 0.999);
    }

    static EncoderSettings settings(
            EncoderOptions encoder, EncoderObjective objective, EncoderTrainingOptions training) {
        return new EncoderSettings(
                "test",
                5,
                encoder,
                objective,
                new EncoderPatchOptions(1, 64, 32),
                new PatchAugmentation(false, 0, 0, PatchAugmentation.Elastic.NONE, 0, 0.05, 0, 0.02),
                training);
    }

    static EncoderSettings supervised(int epochs) {
        return settings(encoder(EncoderMethod.SUPERVISED), new SupervisedObjective(8, 2), training(epochs, 1e-2));
    }

    static EncoderSettings biGan(int iterations) {
        return settings(
                new BiGanEncoderOptions(SIDE, 1, 1, 2, 8, 4),
                new BiGanObjective(new CodeDecoderOptions(2, 8, List.of(8, 8)), 16, 0.2),
                new EncoderTrainingOptions(
                        16, 1000, iterations, new PlateauSchedule(2e-3, 0.1, 1, 0, 2e-3), 0.5, 0.999));
    }
}
