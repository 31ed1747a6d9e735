package slidefield.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.SyntheticManifest;
import slidefield.data.SyntheticOptions;

/** Digits of a few strokes in MNIST's files, and what makes experiments on synthetic images of them take seconds. */
final class TinyDigits {
    private static final int SIDE = 28;
    private static final int OF_EACH = 8;

    /** Of encoders and networks. */
    static final List<String> CHANGES = List.of(
            "encoders.patches.training=32",
            "encoders.training.batch=16",
            "supervised.patches.validation=16",
            "supervised.training.epochs=1",
            "slides.slideCnn.filters=4",
            "slides.slideCnn.dense=4",
            "slides.training.epochs=1");

    /** Of encoders that only some experiments train. */
    static final List<String> OTHERS = List.of(
            "contrastive.patches.validation=16",
            "contrastive.training.epochs=1",
            "vae.patches.validation=16",
            "vae.training.epochs=1",
            "bigan.training.iterations=2");

    private TinyDigits() {}

    /** Ten classes, each a bar of its own direction and place, a pixel or two apart. */
    static DataSet<SyntheticManifest> write(Path root) throws IOException {
        int count = 10 * OF_EACH;
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int of = i % 10;
            labels.put((byte) of);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int across = of < 5 ? pixel % SIDE : pixel / SIDE;
                images.put((byte) (Math.abs(across - 4 - 5 * (of % 5) - i / 40) < 2 ? 255 : 0));
            }
        }
        Path folder = Files.createDirectories(root.resolve("mnist"));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels.array());
        SyntheticManifest manifest = SyntheticManifest.read(Path.of("data-manifests/synthetic/digits.yaml"))
                .with(new SyntheticOptions(90, 0.008, 5), 24, 6, 1);
        return new DataSet<>(manifest, DataRoot.of(root));
    }
}
