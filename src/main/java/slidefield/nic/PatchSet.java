package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import slidefield.fit.Seeds;
import slidefield.nn.kernels.Parallel;

/**
 * Patches in memory as bytes: drawn once, as in the paper, and varied anew whenever they are asked for. Not copied: who makes
 * it gives its arrays away, and nobody changes them afterwards, so that it is safe to use from several threads at once.
 *
 * @param side P, pixels along both sides of each
 * @param colours of a pixel: 3, red first, or 1, grey
 * @param patches N arrays of P x P x colours bytes, row-major, 0 to 255
 * @param labels N classes, or none
 * @param classes the names of the classes in their order; empty where there are no labels
 */
public record PatchSet(int side, int colours, List<byte[]> patches, int[] labels, List<String> classes)
        implements EncoderExamples {
    /** @throws IllegalArgumentException if sizes, labels and classes do not fit */
    public PatchSet {
        EncoderOptions.requireColours(colours);
        for (byte[] patch : patches) {
            if (patch.length != (long) side * side * colours) {
                throw new IllegalArgumentException("patches of " + side + " x " + side + " x " + colours
                        + " bytes are expected, found " + patch.length + " bytes");
            }
        }
        if (labels.length != (classes.isEmpty() ? 0 : patches.size())) {
            throw new IllegalArgumentException(
                    patches.size() + " patches of " + classes.size() + " classes have " + labels.length + " labels");
        }
        for (int label : labels) {
            if (label < 0 || label >= classes.size()) {
                throw new IllegalArgumentException(
                        "labels from 0 to " + (classes.size() - 1) + " are expected, found " + label);
            }
        }
        patches = List.copyOf(patches);
        classes = List.copyOf(classes);
    }

    /** Patches without labels. */
    public static PatchSet unlabelled(int side, int colours, List<byte[]> patches) {
        return new PatchSet(side, colours, patches, new int[0], List.of());
    }

    /**
     * Patches without labels that lie one after the other.
     *
     * @param side P
     * @param colours of a pixel
     * @param values N x P x P x colours
     * @throws IllegalArgumentException if these are not whole patches
     */
    public static PatchSet unlabelled(int side, int colours, byte[] values) {
        int length = side * side * colours;
        if (length < 1 || values.length % length != 0) {
            throw new IllegalArgumentException(
                    values.length + " bytes are not whole patches of " + side + " x " + side + " x " + colours);
        }
        List<byte[]> patches = new ArrayList<>();
        for (int at = 0; at < values.length; at += length) {
            patches.add(Arrays.copyOfRange(values, at, at + length));
        }
        return unlabelled(side, colours, patches);
    }

    /**
     * The same patches coarser: as encoders of larger pixels see the same places.
     *
     * @param factor pixels along an axis whose mean becomes one, a divisor of the side
     * @return patches of side / factor pixels, values rounded
     * @throws IllegalArgumentException if the side is no multiple of the factor
     */
    public PatchSet averaged(int factor) {
        if (factor < 1 || side % factor != 0) {
            throw new IllegalArgumentException("a divisor of " + side + " pixels is expected, found " + factor);
        }
        if (factor == 1) {
            return this;
        }
        byte[][] coarser = new byte[patches.size()][];
        Parallel.forEach(coarser.length, i -> coarser[i] = averaged(patches.get(i), factor));
        return new PatchSet(side / factor, colours, Arrays.asList(coarser), labels, classes);
    }

    private byte[] averaged(byte[] patch, int factor) {
        int small = side / factor;
        byte[] means = new byte[small * small * colours];
        for (int i = 0; i < means.length; i++) {
            int column = i / colours % small * factor;
            int row = i / colours / small * factor;
            int sum = 0;
            for (int k = 0; k < factor * factor; k++) {
                int pixel = (row + k / factor) * side + column + k % factor;
                sum += patch[pixel * colours + i % colours] & 0xFF;
            }
            means[i] = (byte) Math.round((double) sum / (factor * factor));
        }
        return means;
    }

    @Override
    public int count() {
        return patches.size();
    }

    /**
     * One patch as encoders take it.
     *
     * @param number of the patch
     * @return P x P x colours in [-1, 1]: value / 255 * 2 - 1
     */
    public float[] scaled(int number) {
        return scaled(number, PatchAugmentation.NONE, 0);
    }

    /** The same after a variation. */
    float[] scaled(int number, PatchAugmentation augmentation, long seed) {
        byte[] bytes = patches.get(number);
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[i] & 0xFF) / 255f;
        }
        if (!augmentation.equals(PatchAugmentation.NONE)) {
            values = augmentation.apply(values, side, colours, Seeds.random(seed));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * 2 - 1;
        }
        return values;
    }

    /**
     * Some patches side by side.
     *
     * @param chosen their numbers
     * @param augmentation how each is varied
     * @param seed the i-th of them is varied by a seed derived from it and i
     * @return count x P x P x colours in [-1, 1]
     */
    float[] scaled(int[] chosen, PatchAugmentation augmentation, long seed) {
        int length = side * side * colours;
        float[] all = new float[Math.multiplyExact(chosen.length, length)];
        Parallel.forEach(chosen.length, i -> {
            float[] one = scaled(chosen[i], augmentation, Seeds.derive(seed, "patch", i));
            System.arraycopy(one, 0, all, i * length, length);
        });
        return all;
    }

    @Override
    public EncoderBatch batch(List<Integer> chosen, PatchAugmentation augmentation, long seed) {
        int[] numbers = chosen.stream().mapToInt(Integer::intValue).toArray();
        int[] wanted = new int[labels.length == 0 ? 0 : numbers.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = labels[numbers[i]];
        }
        return new EncoderBatch(
                numbers.length, new long[] {side, side, colours}, scaled(numbers, augmentation, seed), null, wanted);
    }
}
