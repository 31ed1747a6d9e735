package slidefield.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Runs commands as a person would, on slides and settings so small that each takes a second or two. */
final class CommandLineFixture {
    /** Shrinks the teaching preset. */
    static final List<String> TINY = List.of(
            "field.hashGrid.levels=4",
            "field.hashGrid.log2Table=9",
            "field.decoder.width=4",
            "field.head.width=4",
            "field.head.dilations=[1]",
            "training.window=64",
            "training.jitter=8",
            "training.reconstructionEpochs=2",
            "training.lesionEpochs=2",
            "training.networkRate=0.01",
            "training.lesionRate=0.05",
            "training.latents.scales=[1]",
            "training.latents.virtualSlides=0",
            "ito.epochs=2");

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    /** The exit status of one command. */
    int run(Object... args) {
        outBytes.reset();
        errBytes.reset();
        String[] words = words(Stream.of(args)).toArray(String[]::new);
        return Main.run(
                words,
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private static Stream<String> words(Stream<?> args) {
        return args.flatMap(arg -> arg instanceof List<?> list ? words(list.stream()) : Stream.of(arg.toString()));
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    /** Standard output, which has to be one line with one JSON object. */
    JsonNode json() throws IOException {
        if (out().lines().count() != 1) {
            throw new AssertionError("expected one line of JSON, found: " + out());
        }
        return new ObjectMapper().readTree(out());
    }

    /** The options that shrink a run, and further changes. */
    static List<String> tiny(String... more) {
        List<String> options = new ArrayList<>();
        Stream.concat(TINY.stream(), Stream.of(more)).forEach(change -> {
            options.add("--set");
            options.add(change);
        });
        return options;
    }

    /** Two small slides with lesions and their manifest: one trains, one is for tests. */
    Path phantoms(Path folder) {
        int status = run("phantom", "--out", folder, "--slides", 2, "--size", "256x256", "--seed", 4);
        if (status != 0) {
            throw new AssertionError(err());
        }
        return folder.resolve("manifest.yaml");
    }

    /** A picture with coloured, speckled tissue left and right of the middle. */
    static Path picture(Path file, int width, int height, Color left, Color right) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(right);
        g.fillRect(0, 0, width, height);
        g.setColor(left);
        g.fillRect(0, 0, width / 2, height);
        g.dispose();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> inside = Files.walk(from)) {
            for (Path file : inside.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every file under a folder with a fingerprint of its bytes. */
    static Map<String, Integer> contents(Path folder) {
        Map<String, Integer> found = new TreeMap<>();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }
}
