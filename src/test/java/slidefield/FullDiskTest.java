package slidefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import slidefield.fit.Checkpoint;
import slidefield.fit.Resumable;
import slidefield.fit.SmallFieldTraining;
import slidefield.io.InputException;
import slidefield.notebook.Pictures;
import slidefield.score.CsvFile;
import slidefield.slide.GeoJson;
import slidefield.slide.PhantomAnnotation;
import slidefield.slide.PixelSource;
import slidefield.slide.PyramidOptions;
import slidefield.slide.PyramidWriter;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** A disk that is full after every page of every kind of file: the file before is kept, and nothing else is left. */
class FullDiskTest {
    private static final boolean LONG = System.getProperty("long") != null;
    private static final Pattern NUMBERS = Pattern.compile(
            "\\((\\d+)(?: of (\\d+))? bytes written, (\\d+) bytes left on the disk(?:, (\\d+) bytes missing)?\\)");

    @TempDir
    Path folder;

    /** What is written, in a smaller and in a larger version. */
    enum Kind {
        SLIDE("slide.tif") {
            @Override
            void write(Path file, int size) {
                PyramidWriter.write(file, noise(size), PyramidOptions.deflate(), done -> {});
            }
        },
        CSV("result.csv") {
            @Override
            void write(Path file, int size) {
                Random random = new Random(size);
                double[] numbers = random.doubles(20L * size).toArray();
                CsvFile.write(Table.create(DoubleColumn.create("dice", numbers)), file);
            }
        },
        PNG("overlay.png") {
            @Override
            void write(Path file, int size) {
                Pictures.save(noise(size).read(0, 0, size, size), file);
            }
        },
        GEOJSON("lesions.geojson") {
            @Override
            void write(Path file, int size) {
                GeoJson.write(file, squares(size), GeoJson.Classification.TUMOR, Map.of());
            }
        },
        ANNOTATION("annotation.xml") {
            @Override
            void write(Path file, int size) {
                PhantomAnnotation.write(file, squares(size));
            }
        };

        private final String file;

        Kind(String file) {
            this.file = file;
        }

        abstract void write(Path file, int size);

        /** Whether the size is known before the file is written. */
        boolean tellsWhatIsMissing() {
            return this != SLIDE && this != GEOJSON;
        }
    }

    /** What a codec cannot make small. */
    private static PixelSource noise(int size) {
        return new PixelSource() {
            @Override
            public int width() {
                return size;
            }

            @Override
            public int height() {
                return size;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
                Random random = new Random(x * 31L + y);
                IntStream.range(0, w * h).forEach(i -> image.setRGB(i % w, i / w, random.nextInt(1 << 24)));
                return image;
            }
        };
    }

    private static Geometry squares(int count) {
        GeometryFactory factory = new GeometryFactory();
        return factory.buildGeometry(IntStream.range(0, count)
                .mapToObj(i -> factory.toGeometry(new Envelope(10 * i, 10 * i + 5, i, i + 5)))
                .toList());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyWriteThatFailsKeepsTheFileBefore(Kind kind) throws Exception {
        try (FullDisk disk = mounted()) {
            fill(disk, kind);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyWriteBeyondTheLimitOnFilesKeepsTheFileBefore(Kind kind) throws Exception {
        try (FullDisk disk = limited()) {
            fill(disk, kind);
        }
    }

    private void fill(FullDisk disk, Kind kind) throws IOException {
        // given a file, and how many pages the one after it takes
        Path file = disk.folder().resolve(kind.file);
        kind.write(file, 150);
        int needed = pages(file);
        kind.write(file, 20);
        byte[] before = Files.readAllBytes(file);
        assertTrue(needed > pages(file), needed + " pages");
        int failed = 0;
        for (int pages : rooms(needed)) {
            // when there are fewer
            disk.leave(pages);
            InputException full =
                    assertThrows(InputException.class, () -> kind.write(file, 150), pages + " of " + needed + " pages");
            // then
            check(full.getMessage(), file, disk, kind.tellsWhatIsMissing());
            assertArrayEquals(before, Files.readAllBytes(file));
            assertEquals(List.of(kind.file), names(disk.folder()));
            failed++;
        }
        System.out.printf("%s: %s at %d of %d pages%n", kind.file, disk.says(), failed, needed);
        // and with enough of them the new one is there
        disk.leave(needed);
        kind.write(file, 150);
        assertEquals(needed, pages(file));
        assertEquals(List.of(kind.file), names(disk.folder()));
    }

    @Test
    void everyWriteOfACheckpointThatFailsKeepsTheOneBefore() throws Exception {
        try (FullDisk disk = mounted()) {
            fillWithCheckpoints(disk);
        }
    }

    @Test
    void everyWriteOfACheckpointBeyondTheLimitOnFilesKeepsTheOneBefore() throws Exception {
        try (FullDisk disk = limited()) {
            fillWithCheckpoints(disk);
        }
    }

    private void fillWithCheckpoints(FullDisk disk) throws IOException {
        // given the checkpoint of an epoch, and how many pages the next one takes
        SmallTraining small = new SmallFieldTraining();
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Resumable training = small.fresh();
        Map<Integer, String> digests = new TreeMap<>();
        class Enough extends RuntimeException {
            private static final long serialVersionUID = 1;
        }
        assertThrows(
                Enough.class,
                () -> small.finish(training, t -> {
                    Checkpoint.save(digests.isEmpty() ? disk.folder() : scratch, t);
                    digests.put(t.reports().size(), StateDigest.of(t.state()));
                    if (digests.size() == 2) {
                        throw new Enough();
                    }
                }));
        int arrays = pages(scratch.resolve("checkpoint-2.safetensors"));
        Map<String, byte[]> before = contents(disk.folder());
        assertEquals(List.of("checkpoint-1.safetensors", "checkpoint.json"), List.copyOf(before.keySet()));
        int failed = 0;
        // with a page less than all of a disk, it is the sidecar that does not fit
        int needed = arrays + (disk.isShared() ? 1 : 0);
        for (int pages : rooms(needed)) {
            // when
            disk.leave(pages);
            InputException full = assertThrows(
                    InputException.class, () -> Checkpoint.save(disk.folder(), training), pages + " of " + arrays);
            // then
            String named = pages < arrays ? "checkpoint-2.safetensors" : "checkpoint.json";
            check(full.getMessage(), disk.folder().resolve(named), disk, true);
            Map<String, byte[]> after = contents(disk.folder());
            after.remove("checkpoint-2.safetensors");
            assertEquals(before.keySet(), after.keySet());
            before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name)));
            Resumable resumed = small.fresh();
            Checkpoint.load(disk.folder(), resumed);
            assertEquals(digests.get(1), StateDigest.of(resumed.state()));
            Files.deleteIfExists(disk.folder().resolve("checkpoint-2.safetensors"));
            failed++;
        }
        System.out.printf("checkpoint: %s at %d of %d pages%n", disk.says(), failed, needed);
        // and with enough of them the new one is there, alone
        disk.leave(needed);
        Checkpoint.save(disk.folder(), training);
        assertEquals(List.of("checkpoint-2.safetensors", "checkpoint.json"), names(disk.folder()));
        Resumable resumed = small.fresh();
        Checkpoint.load(disk.folder(), resumed);
        assertEquals(digests.get(2), StateDigest.of(resumed.state()));
    }

    private FullDisk mounted() throws IOException {
        var disk = FullDisk.mounted(folder.resolve("disk"));
        Assumptions.assumeTrue(disk.isPresent(), "no tmpfs may be mounted here");
        return disk.get();
    }

    private FullDisk limited() throws IOException {
        var disk = FullDisk.limited(folder.resolve("folder"));
        Assumptions.assumeTrue(disk.isPresent(), "no prlimit here");
        return disk.get();
    }

    /** None to all but one of the pages that are needed; some of them where they are many. */
    private static int[] rooms(int needed) {
        int most = LONG ? needed : Math.min(needed, 12);
        return IntStream.range(0, most)
                .map(i -> (int) ((long) (i + 1) * needed / most) - 1)
                .toArray();
    }

    private static void check(String said, Path file, FullDisk disk, boolean sizeKnown) {
        assertTrue(said.startsWith("cannot write " + file + ": "), said);
        assertTrue(said.toLowerCase(Locale.ROOT).contains(disk.says()), said);
        assertFalse(said.contains("\n") || said.contains(".part"), said);
        Matcher numbers = NUMBERS.matcher(said);
        assertTrue(numbers.find(), said);
        assertEquals(sizeKnown, numbers.group(2) != null, said);
        // where files are limited the disk has room, and the system does not tell what is missing
        assertEquals(sizeKnown && disk.isShared(), numbers.group(4) != null, said);
        if (numbers.group(4) != null) {
            long written = Long.parseLong(numbers.group(1));
            long all = Long.parseLong(numbers.group(2));
            long left = Long.parseLong(numbers.group(3));
            assertEquals(all - written - left, Long.parseLong(numbers.group(4)), said);
        }
    }

    private static int pages(Path file) throws IOException {
        return (int) ((Files.size(file) + FullDisk.PAGE - 1) / FullDisk.PAGE);
    }

    private static List<String> names(Path folder) throws IOException {
        return List.copyOf(contents(folder).keySet());
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        contents.remove(FullDisk.BALLAST);
        return contents;
    }
}
