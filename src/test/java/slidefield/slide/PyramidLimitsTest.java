package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/** What happens at the limits: full disks, failing sources, absurd sizes, little memory. */
class PyramidLimitsTest {
    @TempDir
    Path folder;

    @Test
    void fullDiskKeepsTheOldFileAndLeavesNoOther() throws IOException {
        // given a good file, and a disk that is full after 20 kB
        Path path = folder.resolve("slide.tif");
        PyramidWriter.write(path, new PyramidTestPattern(50, 50, false), PyramidOptions.deflate(), f -> {});
        byte[] old = Files.readAllBytes(path);
        // when
        InputException failure = assertThrows(
                InputException.class,
                () -> WholeFile.write(path, temporary -> {
                    try (FileChannel file =
                                    FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                            SeekableByteChannel small = new SmallDisk(file, 20_000)) {
                        PyramidWriter.encode(
                                new PyramidTestPattern(900, 900, false),
                                PyramidOptions.deflate(),
                                small,
                                PyramidWriter.CLASSIC_LIMIT,
                                f -> {});
                    }
                }));
        // then
        assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
        assertArrayEquals(old, Files.readAllBytes(path));
        assertOnly(path);
    }

    @Test
    void failingSourceKeepsTheOldFileAndLeavesNoOther() throws IOException {
        Path path = folder.resolve("slide.tif");
        PyramidWriter.write(path, new PyramidTestPattern(50, 50, false), PyramidOptions.deflate(), f -> {});
        byte[] old = Files.readAllBytes(path);
        PixelSource broken = new PixelSource() {
            @Override
            public int width() {
                return 1000;
            }

            @Override
            public int height() {
                return 1000;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                if (y > 0) {
                    throw new InputException("scan.png: damaged at row " + y);
                }
                return new PyramidTestPattern(1000, 1000, false).read(x, y, w, h);
            }
        };
        assertThrows(InputException.class, () -> PyramidWriter.write(path, broken, PyramidOptions.deflate(), f -> {}));
        assertArrayEquals(old, Files.readAllBytes(path));
        assertOnly(path);
    }

    @Test
    void impossibleSizesAndOptionsAreOneLine() {
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(0));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(Double.NaN));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(101));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withTile(100));
        assertThrows(InputException.class, () -> PyramidOptions.jpeg().withQuality(0));
        for (PyramidTestPattern absurd : new PyramidTestPattern[] {
            new PyramidTestPattern(Integer.MAX_VALUE, 10, false),
            new PyramidTestPattern(10_000_000, 10_000_000, false),
            new PyramidTestPattern(0, 5, true)
        }) {
            InputException failure = assertThrows(
                    InputException.class,
                    () -> PyramidWriter.write(folder.resolve("x.tif"), absurd, PyramidOptions.deflate(), f -> {}));
            assertFalse(failure.getMessage().contains("\n"));
        }
    }

    @Test
    void memoryStaysARowOfTiles() {
        largeSlide(6000, 4000, 60L << 20);
    }

    @Test
    @Tag("long")
    void twentyThousandSquareStaysBelowAQuarterOfAGigabyte() {
        largeSlide(20_000, 20_000, 256L << 20);
    }

    /** Watches the heap that is in use right after collections while a slide is written. */
    private void largeSlide(int width, int height, long allowed) {
        Path path = folder.resolve("large.tif");
        PixelSource source = new PixelSource() {
            @Override
            public int width() {
                return width;
            }

            @Override
            public int height() {
                return height;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
                for (int j = 0; j < h; j++) {
                    for (int i = 0; i < w; i++) {
                        image.setRGB(i, j, (x + i) * 31 ^ (y + j) * 17);
                    }
                }
                return image;
            }
        };
        System.gc();
        long before = used();
        long[] most = new long[1];
        double[] lastLook = new double[1];
        PyramidFile file = PyramidWriter.write(path, source, PyramidOptions.jpeg(), fraction -> {
            if (fraction - lastLook[0] > 0.1) {
                lastLook[0] = fraction;
                System.gc();
                most[0] = Math.max(most[0], used() - before);
            }
        });
        System.out.println(width + " x " + height + ": " + (most[0] >> 20) + " MB held, file " + file.bytes());
        assertTrue(most[0] < allowed, most[0] + " bytes held");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void assertOnly(Path path) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    /** A channel on a disk with little room. */
    private record SmallDisk(FileChannel file, long room) implements SeekableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (file.position() + bytes.remaining() > room) {
                throw new IOException("No space left on device");
            }
            return file.write(bytes);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long at) throws IOException {
            file.position(at);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
