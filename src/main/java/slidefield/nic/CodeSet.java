package slidefield.nic;

import java.util.Arrays;
import java.util.List;

/**
 * Codes of labelled patches, computed once. Not copied: who makes it gives its arrays away, and nobody changes them afterwards,
 * so that it is safe to use from several threads at once.
 *
 * @param code C, values of a code
 * @param values N x C, row-major
 * @param labels N classes
 * @param classes the names of the classes in their order
 */
public record CodeSet(int code, float[] values, int[] labels, List<String> classes) implements EncoderExamples {
    private static final int TOGETHER = 256;

    /** @throws IllegalArgumentException if sizes and labels do not fit */
    public CodeSet {
        if (code < 1 || values.length != (long) labels.length * code) {
            throw new IllegalArgumentException(
                    labels.length + " labelled codes of " + code + " values do not have " + values.length + " values");
        }
        for (int label : labels) {
            if (label < 0 || label >= classes.size()) {
                throw new IllegalArgumentException(
                        "labels from 0 to " + (classes.size() - 1) + " are expected, found " + label);
            }
        }
        classes = List.copyOf(classes);
    }

    /**
     * The codes of patches as they are.
     *
     * @param encoder of patches of that size
     * @param patches with labels
     */
    public static CodeSet of(PatchEncoder encoder, PatchSet patches) {
        float[] values = new float[Math.multiplyExact(patches.count(), encoder.code())];
        for (int start = 0; start < patches.count(); start += TOGETHER) {
            int first = start;
            int n = Math.min(TOGETHER, patches.count() - start);
            int[] chosen = new int[n];
            Arrays.setAll(chosen, i -> first + i);
            float[] codes = encoder.encode(patches.scaled(chosen, PatchAugmentation.NONE, 0));
            System.arraycopy(codes, 0, values, start * encoder.code(), codes.length);
        }
        return new CodeSet(encoder.code(), values, patches.labels(), patches.classes());
    }

    @Override
    public int count() {
        return labels.length;
    }

    /** Codes are not varied. */
    @Override
    public EncoderBatch batch(List<Integer> chosen, PatchAugmentation augmentation, long seed) {
        float[] some = new float[chosen.size() * code];
        int[] wanted = new int[chosen.size()];
        for (int i = 0; i < wanted.length; i++) {
            int number = chosen.get(i);
            System.arraycopy(values, number * code, some, i * code, code);
            wanted[i] = labels[number];
        }
        return new EncoderBatch(wanted.length, new long[] {code}, some, null, wanted);
    }
}
