package slidefield.nic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import java.util.zip.CRC32;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.Checksum;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.slide.Slide;

/**
 * Compresses a slide into a folder (Tellez et al. 2019, section 3): {@code grid.json} says what it is, and per orientation one
 * array {@code codes-FLIP-DEGREES.npy}, float16, rows x columns x C, all zeros where there is no tissue. NumPy reads the arrays.
 *
 * <p>An orientation counts once {@code grid.json} names it, which it does after its array is whole on disk; until then codes go
 * band by band into a journal. A compression that was stopped or killed goes on from there, to the same bits.
 *
 * <p>Not thread-safe, as its encoder is not; one process at a time writes to a folder.
 */
public final class SlideCompression {
    /** Values that are rearranged at once. */
    private static final int AT_ONCE = 1 << 22;

    private final PatchEncoder encoder;
    private final CompressionOptions options;
    private final int atOnce;

    /**
     * @param encoder of patches in colours; stays the caller's to close
     * @param options resolution, stride and tissue rule
     */
    public SlideCompression(PatchEncoder encoder, CompressionOptions options) {
        this(encoder, options, AT_ONCE);
    }

    /** With another number of values that are rearranged at once. */
    SlideCompression(PatchEncoder encoder, CompressionOptions options, int atOnce) {
        this.encoder = encoder;
        this.options = options;
        this.atOnce = atOnce;
    }

    /**
     * Looks whether {@link #compress} would begin, so that what is wrong with the last of many slides comes out before the first
     * one's hours; writes nothing.
     *
     * @param slide the slide
     * @param name what it will be called
     * @param folder its own
     * @param choice what to do where the folder holds a compressed slide already
     * @throws InputException as {@link #compress}
     */
    public void require(Slide slide, String name, Path folder, IfExists choice) {
        // Which places hold tissue is not asked for here.
        SlidePixels pixels = new SlidePixels(slide, options.mpp(), TissueRule.ALL);
        CompressionFolder.existing(
                folder, fresh(slide, name, new GridEncoding(pixels, encoder, options.stride())), choice);
    }

    /**
     * Compresses a slide.
     *
     * @param slide the slide
     * @param name what it is called from now on
     * @param folder its own, made where it is not there
     * @param orientations wanted; those that are there already are left as they are
     * @param choice what to do where the folder holds a compressed slide already
     * @param progress told which fraction is done; first what was done before
     * @return what is in the folder then
     * @throws InputException if the slide cannot be read or does not know its pixels' size, the folder holds something else or was
     *     made otherwise, or the disk is full
     * @throws CancellationException if the thread was interrupted
     */
    public CompressedSlide compress(
            Slide slide,
            String name,
            Path folder,
            List<GridOrientation> orientations,
            IfExists choice,
            DoubleConsumer progress) {
        SlidePixels pixels = new SlidePixels(slide, options.mpp(), options.tissue());
        GridEncoding grid = new GridEncoding(pixels, encoder, options.stride());
        GridIndex index = CompressionFolder.begin(folder, fresh(slide, name, grid), choice);
        List<GridOrientation> missing = orientations.stream()
                .distinct()
                .sorted()
                .filter(o -> !index.has(o))
                .toList();
        if (!missing.isEmpty()) {
            Map<GridOrientation, CodeJournal> journals = new LinkedHashMap<>();
            try {
                missing.forEach(o ->
                        journals.put(o, new CodeJournal(CompressionFolder.journal(folder, o), grid, encoder.code())));
                encode(grid, journals, progress);
                finish(folder, index, grid, journals);
            } catch (InputException failure) {
                throw stopped(failure, name);
            } finally {
                journals.values().forEach(CodeJournal::close);
            }
        }
        // Also those that a killed process left after its arrays were whole.
        CompressionFolder.deleteJournals(folder);
        return CompressedSlide.open(folder);
    }

    private GridIndex fresh(Slide slide, String name, GridEncoding grid) {
        return new GridIndex(
                GridIndex.FORMAT,
                Checksum.BLANK,
                name,
                slide.width(),
                slide.height(),
                slide.mpp().orElseThrow(),
                encoder.name(),
                encoder.identity(),
                encoder.patch(),
                encoder.colours(),
                options,
                grid.rows(),
                grid.columns(),
                encoder.code(),
                -1,
                Map.of());
    }

    /** An interrupt closes the file that is being read or written; that is no failure of the file. */
    private static RuntimeException stopped(InputException failure, String name) {
        if (!(failure.getCause() instanceof ClosedByInterruptException)) {
            return failure;
        }
        // As every other stop: who catches it goes on with a thread that is not interrupted.
        Thread.interrupted();
        CancellationException stop = new CancellationException("stopped while writing codes of " + name);
        stop.initCause(failure);
        return stop;
    }

    private void encode(GridEncoding grid, Map<GridOrientation, CodeJournal> journals, DoubleConsumer progress) {
        int done = journals.values().stream().mapToInt(CodeJournal::bands).min().orElseThrow();
        try {
            for (CodeJournal journal : journals.values()) {
                journal.truncate(done);
            }
        } catch (IOException failure) {
            throw new InputException("cannot cut a journal: " + failure.getMessage(), failure);
        }
        progress.accept((double) done / grid.bands());
        List<CodeJournal> all = new ArrayList<>(journals.values());
        grid.encode(done, new ArrayList<>(journals.keySet()), progress, (band, codes) -> {
            int count = grid.rowsOf(band) * grid.columns() * encoder.code();
            for (int k = 0; k < all.size(); k++) {
                all.get(k).append(CodeBytes.of(codes.get(k), count, encoder.name()));
            }
        });
    }

    private void finish(Path folder, GridIndex index, GridEncoding grid, Map<GridOrientation, CodeJournal> journals) {
        Map<String, List<Long>> checksums = new LinkedHashMap<>();
        long[] tissue = {0};
        journals.forEach((orientation, journal) -> {
            tissue[0] = 0;
            List<Long> rows = new ArrayList<>();
            Path file = folder.resolve(GridIndex.array(orientation));
            int height = orientation.rows(grid.rows(), grid.columns());
            int width = orientation.columns(grid.rows(), grid.columns());
            byte[] header = Npy.header("<f2", height, width, encoder.code());
            long bytes = header.length + (long) height * width * encoder.code() * CodeBytes.WIDTH;
            WholeFile.write(file, bytes, temporary -> {
                rows.clear();
                try (FileChannel channel = FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
                    write(channel, header);
                    int step = Math.max(1, atOnce / (width * encoder.code()));
                    for (int row = 0; row < height; row += step) {
                        float[] values = rearranged(journal, grid, orientation, row, Math.min(step, height - row));
                        tissue[0] += places(values);
                        byte[] all = CodeBytes.of(values, values.length, encoder.name());
                        addChecksums(all, width * encoder.code() * CodeBytes.WIDTH, rows);
                        write(channel, all);
                    }
                }
            });
            checksums.put(orientation.text(), rows);
        });
        index.with(checksums, tissue[0]).write(folder);
    }

    /** Rows of the rearranged grid. */
    private float[] rearranged(CodeJournal journal, GridEncoding grid, GridOrientation o, int first, int count)
            throws IOException {
        int code = encoder.code();
        if (o.orientation().exchangesAxes()) {
            int left = o.orientation().mirrorsColumns() ? grid.columns() - first - count : first;
            return o.apply(journal.read(0, left, grid.rows(), count), grid.rows(), count, code);
        }
        int top = o.orientation().mirrorsRows() ? grid.rows() - first - count : first;
        return o.apply(journal.read(top, 0, count, grid.columns()), count, grid.columns(), code);
    }

    private int places(float[] values) {
        int places = 0;
        int code = encoder.code();
        for (int start = 0; start < values.length; start += code) {
            int i = start;
            while (i < start + code && values[i] == 0) {
                i++;
            }
            places += i < start + code ? 1 : 0;
        }
        return places;
    }

    private static void addChecksums(byte[] bytes, int row, List<Long> into) {
        for (int start = 0; start < bytes.length; start += row) {
            into.add(checksum(bytes, start, row));
        }
    }

    /** CRC-32 of some bytes. */
    static long checksum(byte[] bytes, int start, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, start, length);
        return crc.getValue();
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
