package slidefield.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import slidefield.io.InputException;

/**
 * Tells whether a TIFF is all there: every directory, tag, strip and tile must end within the file, and there must be as
 * many tiles as the size needs. OpenSlide opens a
 * file that was cut short as if the levels at its end had never been, which would pass unnoticed. Classic and BigTIFF
 * (TIFF 6.0, sections 2, 3 and 15; BigTIFF design).
 */
final class WholeTiff {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int PAGES = 10_000;
    private static final int ENTRIES = 4096;

    /** Bytes per value of TIFF's types 0 to 18; 0 for a type that does not exist. */
    private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private record Tag(int type, long count, long at) {}

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private ByteOrder order;
    private boolean big;

    private WholeTiff(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * Checks a file that starts like a TIFF.
     *
     * @param file the file
     * @throws InputException if anything that its directories name lies beyond its end; says what and how far
     */
    static void check(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            new WholeTiff(file, channel).pages();
        } catch (EOFException end) {
            throw new InputException(file + " is cut short: a directory of this TIFF runs beyond its end", end);
        } catch (IOException failure) {
            throw new InputException(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private void pages() throws IOException {
        order = ByteOrder.LITTLE_ENDIAN;
        order = at(0, 2).getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        big = at(2, 2).getShort() == 43;
        if (!big && size > 0xFFFFFFFFL) {
            return; // Hamamatsu's own way past 4 GiB: the offsets are not what they seem.
        }
        long directory = big ? at(8, 8).getLong() : at(4, 4).getInt() & 0xFFFFFFFFL;
        Set<Long> seen = new HashSet<>();
        while (directory != 0) {
            if (!seen.add(directory) || seen.size() > PAGES) {
                throw new InputException(file + " is damaged: the directories of this TIFF run in a circle");
            }
            directory = page(directory, seen.size());
        }
    }

    /** Checks one page; returns where the next directory is. */
    private long page(long start, int page) throws IOException {
        long entries = big ? at(start, 8).getLong() : at(start, 2).getShort() & 0xFFFF;
        if (entries < 1 || entries > ENTRIES) {
            throw new InputException(file + " is damaged: page " + page + " of this TIFF has " + entries + " tags");
        }
        long first = start + (big ? 8 : 2);
        int length = big ? 20 : 12;
        ByteBuffer table = at(first, (int) entries * length);
        Map<Integer, Tag> tags = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            table.position(i * length);
            int name = table.getShort() & 0xFFFF;
            int type = table.getShort() & 0xFFFF;
            long count = big ? table.getLong() : table.getInt() & 0xFFFFFFFFL;
            int bytes = type < BYTES.length ? BYTES[type] : 0;
            if (bytes == 0 || count < 1) {
                continue;
            }
            int room = big ? 8 : 4;
            long value = first + (long) i * length + length - room;
            if (count > room / bytes) {
                value = big ? table.getLong() : table.getInt() & 0xFFFFFFFFL;
                require(page, "tag " + name, value, count > size ? size : count * bytes);
            }
            tags.put(name, new Tag(type, count, value));
        }
        size(page, tags);
        data(page, "strip", tags.get(STRIP_OFFSETS), tags.get(STRIP_BYTES));
        data(page, "tile", tags.get(TILE_OFFSETS), tags.get(TILE_BYTES));
        long next = first + entries * length;
        return big ? at(next, 8).getLong() : at(next, 4).getInt() & 0xFFFFFFFFL;
    }

    /** Sides that no reader can use, and fewer tiles than the sides need, are told apart from other damage. */
    private void size(int page, Map<Integer, Tag> tags) throws IOException {
        if (!tags.containsKey(WIDTH) || !tags.containsKey(HEIGHT)) {
            return;
        }
        long width = side(tags.get(WIDTH));
        long height = side(tags.get(HEIGHT));
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new InputException(file + " is damaged: page " + page + " of this TIFF says it is " + width + " x "
                    + height + " pixels; expected sides of 1 to " + Integer.MAX_VALUE);
        }
        if (!tags.containsKey(TILE_WIDTH) || !tags.containsKey(TILE_HEIGHT)) {
            return;
        }
        long across = side(tags.get(TILE_WIDTH));
        long down = side(tags.get(TILE_HEIGHT));
        if (across < 1 || down < 1 || across > Integer.MAX_VALUE || down > Integer.MAX_VALUE) {
            throw new InputException(file + " is damaged: page " + page + " of this TIFF has tiles of " + across + " x "
                    + down + " pixels; expected sides of 1 to " + Integer.MAX_VALUE);
        }
        long needed = ((width - 1) / across + 1) * ((height - 1) / down + 1);
        for (int name : new int[] {TILE_OFFSETS, TILE_BYTES}) {
            long found = tags.containsKey(name) ? tags.get(name).count : 0;
            if (found < needed) {
                throw new InputException(file + " is damaged: page " + page + " of this TIFF is " + width + " x "
                        + height + " pixels in " + needed + " tiles of " + across + " x " + down + ", but it names the "
                        + (name == TILE_OFFSETS ? "places" : "sizes") + " of " + found);
            }
        }
    }

    private long side(Tag tag) throws IOException {
        return values(tag, 0, 1)[0];
    }

    private void data(int page, String what, Tag offsets, Tag bytes) throws IOException {
        if (offsets == null || bytes == null) {
            return;
        }
        long count = Math.min(offsets.count, bytes.count);
        int step = 1 << 16;
        for (long from = 0; from < count; from += step) {
            int some = (int) Math.min(step, count - from);
            long[] starts = values(offsets, from, some);
            long[] lengths = values(bytes, from, some);
            for (int i = 0; i < some; i++) {
                require(page, what + " " + (from + i), starts[i], lengths[i]);
            }
        }
    }

    private long[] values(Tag tag, long from, int count) throws IOException {
        int bytes = BYTES[tag.type];
        ByteBuffer buffer = at(tag.at + from * bytes, count * bytes);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (bytes) {
                case 1 -> buffer.get() & 0xFF;
                case 2 -> buffer.getShort() & 0xFFFF;
                case 4 -> buffer.getInt() & 0xFFFFFFFFL;
                default -> buffer.getLong();
            };
        }
        return values;
    }

    private void require(int page, String what, long start, long length) {
        if (length != 0 && (start < 0 || length < 0 || start > size - length)) {
            throw new InputException(file + " is cut short or damaged: " + what + " of page " + page
                    + " of this TIFF lies at bytes " + start + " to " + (start + length) + ", the file has " + size);
        }
    }

    private ByteBuffer at(long position, int length) throws IOException {
        if (position < 0 || position > size - length) {
            throw new EOFException();
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }
}
