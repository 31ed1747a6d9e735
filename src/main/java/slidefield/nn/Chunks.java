package slidefield.nn;

import java.util.Arrays;

/**
 * Some of an array's chunks: runs of {@value #SIZE} neighbouring elements (the last may be shorter). Says which part
 * of a large parameter a step reads and writes. Filled, read and emptied again without making garbage; not thread
 * safe while it is filled.
 */
public final class Chunks {
    /** Elements of a chunk: 2 KB of float32, so that an optimiser's arrays of one chunk fit the innermost cache. */
    public static final int SIZE = 512;

    private final long length;
    private final long[] bits;

    /** By chunk: its place among those that are in; arbitrary for the others. */
    private final int[] slots;

    private int[] members = new int[64];
    private int size;
    private boolean listed = true;

    /**
     * None of the chunks.
     *
     * @param length elements of the whole array
     */
    public Chunks(long length) {
        this.length = length;
        int count = count(length);
        bits = new long[(count + 63) / 64];
        slots = new int[count];
    }

    /**
     * @param length elements of an array
     * @return its chunks
     */
    public static int count(long length) {
        return Math.toIntExact((length + SIZE - 1) / SIZE);
    }

    /**
     * @param chunk counted from 0
     * @param length elements of the whole array
     * @return elements of that chunk
     */
    public static int size(int chunk, long length) {
        return (int) Math.min(SIZE, length - (long) chunk * SIZE);
    }

    /** @return elements of the whole array */
    public long length() {
        return length;
    }

    /** Takes all out. */
    public void clear() {
        Arrays.fill(bits, 0);
        listed = false;
    }

    /**
     * Puts in every chunk that holds an element of {@code [from, to)}.
     *
     * @param from first element
     * @param to one past the last, more than {@code from}
     */
    public void add(int from, int to) {
        for (int chunk = from / SIZE; chunk <= (to - 1) / SIZE; chunk++) {
            bits[chunk >> 6] |= 1L << chunk;
        }
        listed = false;
    }

    /** @return how many are in */
    public int size() {
        list();
        return size;
    }

    /**
     * @param slot 0 to {@code size() - 1}
     * @return the chunk at that place among those that are in, in ascending order
     */
    public int at(int slot) {
        list();
        return members[slot];
    }

    /**
     * @param element of a chunk that is in
     * @return its place where the chunks that are in are stored one after the other, {@value #SIZE} elements each;
     *     {@link #size} must have been asked since the last change
     */
    public int stored(int element) {
        return slots[element / SIZE] * SIZE + element % SIZE;
    }

    private void list() {
        if (listed) {
            return;
        }
        size = 0;
        for (int word = 0; word < bits.length; word++) {
            for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                if (size == members.length) {
                    members = Arrays.copyOf(members, 2 * size);
                }
                int chunk = word * 64 + Long.numberOfTrailingZeros(rest);
                slots[chunk] = size;
                members[size++] = chunk;
            }
        }
        listed = true;
    }
}
