package slidefield.swipe.volume;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.fit.Targets;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.swipe.DecoderInput;
import slidefield.swipe.DecoderOptions;

/**
 * A crop that {@link VolumeSwipe#encode} has seen: a field of logits that can be asked anywhere and at any resolution,
 * without looking at the crop again. Holds memory outside the heap until closed. Not thread-safe.
 */
public final class EncodedVolume implements AutoCloseable {
    private static final int CHUNK = 8192;

    private final Engine engine;
    private final VolumeSwipe network;
    private final PatchCubes cubes;
    private final VolumeFrame frame;
    /** z^P, patches x C. */
    private final INDArray patches;
    /** z^I, 1 x C. */
    private final INDArray volume;
    /** What D^P's first layers make of the codes, patches x features each. */
    private final List<INDArray> prepared;

    EncodedVolume(
            Engine engine,
            VolumeSwipe network,
            PatchCubes cubes,
            INDArray patches,
            INDArray volume,
            VolumeFrame frame) {
        this.engine = engine;
        this.network = network;
        this.cubes = cubes;
        this.frame = frame;
        this.patches = kept(patches);
        this.volume = kept(volume);
        try (Tape tape = engine.inference()) {
            VolumeCodes codes = codes(tape);
            DecoderOptions options = network.options().decoder();
            prepared = network.patchDecoder().prepared(codes.codes(options), codes.rows(options, new int[0])).stream()
                    .map(table -> kept(table.value()))
                    .toList();
        }
    }

    private VolumeCodes codes(Tape tape) {
        return new VolumeCodes(cubes, tape.constant(patches), tape.constant(volume), List.of(frame));
    }

    private static INDArray kept(INDArray array) {
        return Nd4j.createUninitializedDetached(array.dataType(), 'c', array.shape())
                .assign(array);
    }

    /**
     * @param places of the points along x, y and z, fractional voxels of the crop, as many of each
     * @return logits of D^P, points x classes
     */
    public float[] logits(float[][] places) {
        int classes = network.options().classes();
        int count = places[0].length;
        float[] logits = new float[Math.multiplyExact(count, classes)];
        // Chunks of one size, the last one reaching back, so that kernels are prepared for one size only.
        int size = Math.min(CHUNK, count);
        for (int done = 0; done < count; done += size) {
            int start = Math.min(done, count - size);
            float[][] chunk = new float[places.length][];
            for (int axis = 0; axis < chunk.length; axis++) {
                chunk[axis] = Arrays.copyOfRange(places[axis], start, start + size);
            }
            System.arraycopy(decode(chunk), 0, logits, start * classes, size * classes);
        }
        return logits;
    }

    private float[] decode(float[][] places) {
        int[] rows = new int[places[0].length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = cubes.of(places, i);
        }
        try (Tape tape = engine.inference()) {
            DecoderInput asked = codes(tape).patchInput(network.options().decoder(), places, rows);
            List<Tensor> tables = prepared.stream().map(tape::constant).toList();
            return Targets.read(network.patchDecoder().decode(asked, tables).value());
        }
    }

    /** Frees the embeddings. */
    @Override
    public void close() {
        prepared.forEach(INDArray::close);
        patches.close();
        volume.close();
    }
}
