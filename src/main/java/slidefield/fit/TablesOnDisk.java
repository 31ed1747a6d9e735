package slidefield.fit;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slidefield.field.FieldOptions;
import slidefield.nn.MappedStorage;
import slidefield.nn.Storage;

/**
 * Whether training keeps the slides' tables and their optimisers' moments in files mapped into memory, so that only
 * what is in use takes memory. The results are the same, bit for bit.
 */
public enum TablesOnDisk {
    /** Where all of them together would take over half of the memory for arrays. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    /** A table and its two moments. */
    private static final int ARRAYS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(TablesOnDisk.class);

    /**
     * @param settings of the training
     * @param type of its arrays; only FLOAT can be on disk
     * @param slides how many are trained on
     * @param folder on the disk where files would be
     */
    Storage storage(Settings settings, DataType type, int slides, Path folder) {
        return storage(bytes(settings, slides), Pointer.maxBytes(), type, folder);
    }

    Storage storage(long bytes, long limit, DataType type, Path folder) {
        boolean crowded = this == AUTO && bytes > limit / 2;
        if (bytes == 0 || type != DataType.FLOAT || this != ALWAYS && !crowded) {
            return Storage.MEMORY;
        }
        LOG.info("tables and moments of all slides, {} MB, are kept in mapped files in {}", bytes >> 20, folder);
        return new MappedStorage(folder);
    }

    /** Bytes of all tables and moments of a training, virtual slides included. */
    static long bytes(Settings settings, int slides) {
        if (settings.field().encoding() != FieldOptions.EncodingKind.HASH_GRID) {
            return 0;
        }
        long table = settings.field().hashGrid().parameterCount() * Float.BYTES;
        return slides * table * (ARRAYS + settings.training().latents().virtualSlides());
    }
}
