package slidefield.slide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One row of the tables of files that should not be: a valid file, what was done to it, and what becomes of it.
 *
 * @param name what is wrong
 * @param valid the file before
 * @param mutation what was done to its bytes
 * @param use what is tried with it
 * @param refused whether that is an {@link slidefield.io.InputException} of one line; else it has an answer
 * @param says what the line, or the answer's description, has to hold
 */
record BadFile(
        String name, ValidFile valid, UnaryOperator<byte[]> mutation, Use use, boolean refused, List<String> says) {
    /** What is tried with a file, and how the answer is described. */
    enum Use {
        /** All levels are read: {@code 300 x 200, 2 levels, mpp 0.5, first pixel #a0b1c2}. */
        READ {
            @Override
            String describe(Path file) {
                try (Slide slide = Slides.open(file)) {
                    String corner = "";
                    for (int level = slide.levels().size() - 1; level >= 0; level--) {
                        Level stored = slide.levels().get(level);
                        var image = slide.read(level, 0, 0, stored.width(), stored.height());
                        corner = String.format("#%06x", image.getRGB(0, 0) & 0xFFFFFF);
                    }
                    slide.associatedImages();
                    return slide.width() + " x " + slide.height() + ", "
                            + slide.levels().size() + " levels, mpp "
                            + (slide.mpp().isPresent() ? slide.mpp().getAsDouble() : "none") + ", first pixel "
                            + corner;
                }
            }
        },
        /** It is asked for 1 um per pixel: {@code 150 x 100}. */
        VIEW {
            @Override
            String describe(Path file) {
                try (Slide slide = Slides.open(file)) {
                    View view = View.at(slide, 1);
                    return view.width() + " x " + view.height();
                }
            }
        },
        /** It is laid over a blank slide of 100 x 80: {@code 25 px, repaired 1 outline}. */
        LESIONS {
            @Override
            String describe(Path file) {
                Slide slide = SlideTestData.slide(Pixels.filled(100, 80, Pixels.WHITE));
                try (Lesions lesions = Lesions.open(file, slide)) {
                    int pixels = 0;
                    for (byte value : lesions.mask(View.downsampled(slide, 1), 0, 0, 100, 80)) {
                        pixels += value;
                    }
                    return pixels + " px, " + lesions.notice().orElse("no notice");
                }
            }
        },
        /** It is imported at 0.5 um per pixel: {@code 64 x 48, first pixel #a0b1c2}. */
        IMPORT {
            @Override
            String describe(Path file) {
                ImportOptions options = ImportOptions.of(0.5).withFormat(PyramidOptions.deflate());
                Imported made = ImageImport.run(file, null, file.resolveSibling("out"), options, done -> {});
                try (Slide slide = Slides.open(made.slide())) {
                    int corner = slide.read(0, 0, 0, 1, 1).getRGB(0, 0) & 0xFFFFFF;
                    return made.width() + " x " + made.height() + String.format(", first pixel #%06x", corner);
                }
            }
        };

        abstract String describe(Path file);
    }

    static BadFile refused(String name, ValidFile valid, UnaryOperator<byte[]> mutation, String... says) {
        return new BadFile(name, valid, mutation, valid.use(), true, List.of(says));
    }

    static BadFile answered(String name, ValidFile valid, UnaryOperator<byte[]> mutation, String... says) {
        return new BadFile(name, valid, mutation, valid.use(), false, List.of(says));
    }

    /** The same file put to another use. */
    BadFile as(Use other) {
        return new BadFile(other + ": " + name, valid, mutation, other, refused, says);
    }

    /** Writes it into a folder. */
    Path write(Path folder) {
        try {
            return Files.write(folder.resolve("bad." + valid.ending()), mutation.apply(valid.bytes()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static UnaryOperator<byte[]> none() {
        return bytes -> bytes;
    }

    static UnaryOperator<byte[]> first(int count) {
        return bytes -> Arrays.copyOf(bytes, count);
    }

    static UnaryOperator<byte[]> share(double part) {
        return bytes -> Arrays.copyOf(bytes, (int) (bytes.length * part));
    }

    static UnaryOperator<byte[]> withoutLast(int count) {
        return bytes -> Arrays.copyOf(bytes, bytes.length - count);
    }

    static UnaryOperator<byte[]> bytes(int at, int... values) {
        return whole -> {
            byte[] copy = whole.clone();
            for (int i = 0; i < values.length; i++) {
                copy[at + i] = (byte) values[i];
            }
            return copy;
        };
    }

    static UnaryOperator<byte[]> text(String text) {
        return whole -> text.getBytes(StandardCharsets.UTF_8);
    }

    static UnaryOperator<byte[]> replaced(String from, String to) {
        return whole -> {
            String text = new String(whole, StandardCharsets.UTF_8);
            if (!text.contains(from)) {
                throw new IllegalArgumentException(from + " is not in " + text);
            }
            return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        };
    }

    @SafeVarargs
    static UnaryOperator<byte[]> all(UnaryOperator<byte[]>... changes) {
        return whole -> {
            byte[] bytes = whole;
            for (UnaryOperator<byte[]> change : changes) {
                bytes = change.apply(bytes);
            }
            return bytes;
        };
    }

    @Override
    public String toString() {
        return valid + ", " + name;
    }
}
