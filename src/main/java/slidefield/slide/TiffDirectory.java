package slidefield.slide;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * One image file directory: the tags of one page, sorted by number as the format asks (TIFF 6.0, section 2; BigTIFF
 * has the same with 8-byte counts and offsets). Little-endian.
 */
final class TiffDirectory {
    /** The header of either format fits: 8 bytes for classic TIFF, 16 for BigTIFF. */
    static final int HEADER = 16;

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int LONG8 = 16;
    /** Stands for {@link #LONG} in a classic file and {@link #LONG8} in a BigTIFF. */
    private static final int OFFSET = -1;

    private record Entry(int type, long[] values) {
        int kind(boolean big) {
            return type == OFFSET ? (big ? LONG8 : LONG) : type;
        }

        int bytesEach(boolean big) {
            return switch (kind(big)) {
                case ASCII -> 1;
                case SHORT -> 2;
                case LONG -> 4;
                default -> 8;
            };
        }

        long count() {
            return type == RATIONAL ? values.length / 2 : values.length;
        }
    }

    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    TiffDirectory shorts(int tag, long... values) {
        entries.put(tag, new Entry(SHORT, values));
        return this;
    }

    TiffDirectory longs(int tag, long... values) {
        entries.put(tag, new Entry(LONG, values));
        return this;
    }

    TiffDirectory offsets(int tag, long... values) {
        entries.put(tag, new Entry(OFFSET, values));
        return this;
    }

    /** A positive number as a fraction of two 32-bit numbers, with the largest power of ten that fits below it. */
    TiffDirectory rational(int tag, double value) {
        long denominator = 1;
        while (denominator < 1_000_000_000L && value * denominator * 10 < 4e9) {
            denominator *= 10;
        }
        long numerator = Math.max(1, Math.min(4_294_967_295L, Math.round(value * denominator)));
        entries.put(tag, new Entry(RATIONAL, new long[] {numerator, denominator}));
        return this;
    }

    TiffDirectory text(int tag, String value) {
        byte[] bytes = (value + "\0").getBytes(StandardCharsets.US_ASCII);
        long[] values = new long[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i];
        }
        entries.put(tag, new Entry(ASCII, values));
        return this;
    }

    /** Bytes that {@link #encode} gives: a multiple of 8. */
    long size(boolean big) {
        long size = fixedSize(big);
        for (Entry entry : entries.values()) {
            size += outOfLine(entry, big);
        }
        return size;
    }

    /**
     * The directory's bytes.
     *
     * @param at where in the file it will lie
     * @param big whether the file is a BigTIFF
     * @param last whether no directory follows; otherwise the next one lies right behind
     */
    byte[] encode(long at, boolean big, boolean last) {
        long size = size(big);
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        long data = fixedSize(big);
        putCount(out, entries.size(), big);
        for (var tagged : entries.entrySet()) {
            Entry entry = tagged.getValue();
            out.putShort((short) (int) tagged.getKey()).putShort((short) entry.kind(big));
            putOffset(out, entry.count(), big);
            int field = out.position();
            if (outOfLine(entry, big) == 0) {
                putValues(out, entry, big);
            } else {
                putOffset(out, at + data, big);
                ByteBuffer behind = out.duplicate().order(ByteOrder.LITTLE_ENDIAN);
                behind.position(Math.toIntExact(data));
                putValues(behind, entry, big);
                data += outOfLine(entry, big);
            }
            out.position(field + (big ? 8 : 4));
        }
        putOffset(out, last ? 0 : at + size, big);
        return out.array();
    }

    /** The file's first bytes. */
    static byte[] header(long firstDirectory, boolean big) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I');
        if (big) {
            out.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(firstDirectory);
        } else {
            out.putShort((short) 42).putInt((int) firstDirectory);
        }
        return out.array();
    }

    private long fixedSize(boolean big) {
        long bytes = big ? 8 + 20L * entries.size() + 8 : 2 + 12L * entries.size() + 4;
        return roundUp(bytes);
    }

    private static long outOfLine(Entry entry, boolean big) {
        long bytes = (long) entry.bytesEach(big) * entry.count();
        return bytes <= (big ? 8 : 4) ? 0 : roundUp(bytes);
    }

    private static long roundUp(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private static void putCount(ByteBuffer out, int count, boolean big) {
        if (big) {
            out.putLong(count);
        } else {
            out.putShort((short) count);
        }
    }

    private static void putOffset(ByteBuffer out, long value, boolean big) {
        if (big) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    private static void putValues(ByteBuffer out, Entry entry, boolean big) {
        for (long value : entry.values()) {
            switch (entry.kind(big)) {
                case ASCII -> out.put((byte) value);
                case SHORT -> out.putShort((short) value);
                case LONG, RATIONAL -> out.putInt((int) value);
                default -> out.putLong(value);
            }
        }
    }
}
