package slidefield.slide;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes single fields of a classic TIFF, of either byte order. Pages count from 0. */
final class TiffEdit {
    private static final int[] BYTES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final ByteBuffer bytes;

    private TiffEdit(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static UnaryOperator<byte[]> edit(Consumer<TiffEdit> change) {
        return whole -> {
            byte[] copy = whole.clone();
            change.accept(new TiffEdit(copy));
            return copy;
        };
    }

    /** One value of a tag; of a fraction, numerators and denominators count in turn. */
    static UnaryOperator<byte[]> value(int page, int tag, int index, long value) {
        return edit(tiff -> tiff.put(page, tag, index, value));
    }

    /** The same value in every element of a tag. */
    static UnaryOperator<byte[]> values(int page, int tag, long value) {
        return edit(tiff -> {
            for (int i = 0; i < tiff.count(page, tag); i++) {
                tiff.put(page, tag, i, value);
            }
        });
    }

    /** The tag under another number: as if it were not there. */
    static UnaryOperator<byte[]> without(int page, int tag) {
        // The directory stays sorted enough for every reader: libtiff only warns.
        return edit(tiff -> tiff.bytes.putShort(tiff.entry(page, tag), (short) 65_000));
    }

    /** How many values the tag says it has. */
    static UnaryOperator<byte[]> count(int page, int tag, long count) {
        return edit(tiff -> tiff.bytes.putInt(tiff.entry(page, tag) + 4, (int) count));
    }

    /** How many tags the page says it has. */
    static UnaryOperator<byte[]> entries(int page, int entries) {
        return edit(tiff -> tiff.bytes.putShort(tiff.directory(page), (short) entries));
    }

    /** Where the page says the next one begins; page -1 is the header. */
    static UnaryOperator<byte[]> next(int page, long offset) {
        return edit(tiff -> tiff.bytes.putInt(tiff.link(page), (int) offset));
    }

    /** The page's link to the first page. */
    static UnaryOperator<byte[]> circle(int page) {
        return edit(tiff -> tiff.bytes.putInt(tiff.link(page), tiff.directory(0)));
    }

    /** The bytes of one strip or tile, all of them alike. */
    static UnaryOperator<byte[]> scratched(int page, int tile) {
        return edit(tiff -> {
            int from = (int) tiff.get(page, tiff.has(page, 324) ? 324 : 273, tile);
            int length = (int) tiff.get(page, tiff.has(page, 325) ? 325 : 279, tile);
            for (int i = 0; i < length; i++) {
                tiff.bytes.put(from + i, (byte) 0x5A);
            }
        });
    }

    private int link(int page) {
        return page < 0 ? 4 : directory(page) + 2 + 12 * (bytes.getShort(directory(page)) & 0xFFFF);
    }

    private int directory(int page) {
        return bytes.getInt(link(page - 1));
    }

    private boolean has(int page, int tag) {
        return find(page, tag) >= 0;
    }

    private int entry(int page, int tag) {
        int found = find(page, tag);
        if (found < 0) {
            throw new IllegalArgumentException("page " + page + " has no tag " + tag);
        }
        return found;
    }

    private int find(int page, int tag) {
        int directory = directory(page);
        for (int i = 0; i < (bytes.getShort(directory) & 0xFFFF); i++) {
            int at = directory + 2 + 12 * i;
            if ((bytes.getShort(at) & 0xFFFF) == tag) {
                return at;
            }
        }
        return -1;
    }

    private int width(int page, int tag) {
        int type = bytes.getShort(entry(page, tag) + 2);
        return type == 5 ? 4 : BYTES[type];
    }

    private int count(int page, int tag) {
        int fractions = bytes.getShort(entry(page, tag) + 2) == 5 ? 2 : 1;
        return fractions * bytes.getInt(entry(page, tag) + 4);
    }

    private int at(int page, int tag, int index) {
        int entry = entry(page, tag);
        int width = width(page, tag);
        int start = (long) count(page, tag) * width <= 4 ? entry + 8 : bytes.getInt(entry + 8);
        return start + index * width;
    }

    private long get(int page, int tag, int index) {
        int at = at(page, tag, index);
        return width(page, tag) == 2 ? bytes.getShort(at) & 0xFFFF : bytes.getInt(at) & 0xFFFFFFFFL;
    }

    private void put(int page, int tag, int index, long value) {
        int at = at(page, tag, index);
        switch (width(page, tag)) {
            case 1 -> bytes.put(at, (byte) value);
            case 2 -> bytes.putShort(at, (short) value);
            default -> bytes.putInt(at, (int) value);
        }
    }
}
