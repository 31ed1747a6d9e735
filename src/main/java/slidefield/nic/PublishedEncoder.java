package slidefield.nic;

import java.nio.file.Path;
import java.util.Optional;
import slidefield.data.DataRoot;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/** The encoders that the authors of Neural Image Compression publish; their files are the user's to put into a data root. */
public enum PublishedEncoder {
    /** Table 2's best encoder without labels. */
    BIGAN("BiGAN, published", "nic/encoder_bigan.h5"),
    /** Of the same architecture, by the same authors, for a later paper. */
    MULTITASK("Multitask, published later", "nic/encoder_multitask-4.h5");

    /** Micrometres per pixel of the patches that they learnt from. */
    public static final double MPP = 0.5;

    /** How much larger or smaller pixels may be, as a part of {@link #MPP}. */
    private static final double CLOSE = 0.1;

    private final String title;
    private final String path;

    PublishedEncoder(String title, String path) {
        this.title = title;
        this.path = path;
    }

    /** For tables. */
    public String title() {
        return title;
    }

    /** The file within a data root. */
    public String path() {
        return path;
    }

    /** The file; empty where the data root has none. */
    public Optional<Path> file(DataRoot data) {
        return data.existing(path);
    }

    /**
     * Opens it.
     *
     * @param data has the file
     * @param engine arithmetic
     * @return to be closed
     * @throws InputException if there is no such file, or it is not what it has to be
     */
    public PatchEncoder open(DataRoot data, Engine engine) {
        return KerasEncoder.open(data.resolve(path), engine);
    }

    /** Whether patches of this pixel size are near enough to those that it learnt from: within a tenth. */
    public static boolean fits(double mpp) {
        return Math.abs(mpp / MPP - 1) <= CLOSE;
    }
}
