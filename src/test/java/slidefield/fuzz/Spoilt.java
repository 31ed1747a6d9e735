package slidefield.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Bytes for a reader: anything, or a valid file with some edits. Printed in base 64, which {@link #of} reads back, so
 * that what once failed can be kept as a case.
 *
 * @param bytes the file
 */
public record Spoilt(byte[] bytes) {
    private static final int MOST_EDITS = 6;

    private enum Kind {
        FLIP,
        SET,
        DELETE,
        TWICE,
        WORD,
        CUT,
        SWAP,
        ZERO
    }

    /**
     * One change. Positions are shares of the length, so that edits mean something for any file.
     *
     * @param kind what is done
     * @param at where, in [0, 1)
     * @param length of how much, 1 ... 64 bytes
     * @param value which bit, byte or word
     */
    private record Edit(Kind kind, double at, int length, int value) {
        byte[] apply(byte[] bytes, List<byte[]> words) {
            if (bytes.length == 0) {
                return words.isEmpty() ? bytes : words.get(value % words.size());
            }
            int from = (int) (at * bytes.length);
            int to = Math.min(bytes.length, from + length);
            byte[] copy = bytes.clone();
            switch (kind) {
                case FLIP -> copy[from] ^= (byte) (1 << value % 8);
                case SET -> copy[from] = (byte) value;
                case ZERO -> Arrays.fill(copy, from, to, (byte) (value % 2 == 0 ? 0 : 0xFF));
                case CUT -> copy = Arrays.copyOf(bytes, from);
                case DELETE -> copy = joined(bytes, from, new byte[0], to);
                case TWICE -> copy = joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
                case WORD -> copy = words.isEmpty()
                        ? copy
                        : joined(bytes, from, words.get(value % words.size()), length % 2 == 0 ? from : to);
                default -> {
                    byte kept = copy[from];
                    copy[from] = copy[to - 1];
                    copy[to - 1] = kept;
                }
            }
            return copy;
        }

        private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, until);
            out.writeBytes(middle);
            out.write(bytes, from, bytes.length - from);
            return out.toByteArray();
        }
    }

    /** A case that was kept. */
    public static Spoilt of(String base64) {
        return new Spoilt(Base64.getDecoder().decode(base64));
    }

    /**
     * Any bytes, and spoilt copies of valid files.
     *
     * @param words what a mutation may write: words that mean something to the reader
     * @param valid files that the reader takes
     */
    public static Arbitrary<Spoilt> arbitrary(List<String> words, byte[]... valid) {
        List<byte[]> bytes = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.doubles()
                                .between(0, true, 1, false)
                                .ofScale(6)
                                .withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.integers().between(0, 255).withDistribution(RandomDistribution.uniform()))
                .as(Edit::new);
        Arbitrary<List<Edit>> some = Arbitraries.frequencyOf(
                Tuple.of(2, edit.list().ofSize(1)),
                Tuple.of(1, edit.list().ofMinSize(2).ofMaxSize(MOST_EDITS)));
        Arbitrary<byte[]> spoilt = Combinators.combine(Arbitraries.of(valid), some)
                .as((file, edits) -> {
                    byte[] result = file;
                    for (Edit one : edits) {
                        result = one.apply(result, bytes);
                    }
                    return result;
                });
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> begun = Combinators.combine(
                        Arbitraries.of(valid), Arbitraries.integers().between(1, 16), any)
                .as((file, head, rest) -> {
                    byte[] begin = Arrays.copyOf(file, Math.min(head, file.length));
                    byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
                    System.arraycopy(rest, 0, all, begin.length, rest.length);
                    return all;
                });
        return Arbitraries.frequencyOf(Tuple.of(8, spoilt), Tuple.of(1, begun), Tuple.of(1, any))
                .map(Spoilt::new);
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
