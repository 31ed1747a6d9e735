package slidefield.nic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Check;
import slidefield.fit.Targets;
import slidefield.io.Checksum;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * A network that turns patches into codes, batch by batch on one engine, images in the engine's image type. What does not fill
 * a batch is cut into batches of 1, 2, 4, 8, ... patches, so that kernels are prepared for a few sizes only.
 *
 * <p>A patch's code can differ in its last bits with the size of the batch that it is in; the same patches in the same order
 * give the same bits. Not thread-safe.
 */
public final class NetworkEncoder implements PatchEncoder {
    /** Patches that go through the network together unless told otherwise. */
    public static final int BATCH = 64;

    private final EncoderOptions options;
    private final Module network;
    private final Engine engine;
    private final int batch;

    /**
     * @param options whose network it is
     * @param network from N x P x P x colours to N x C, of FLOAT; put into evaluation, and not changed otherwise
     * @param engine in FLOAT; its memory is given back when this is closed, and it stays usable
     */
    public NetworkEncoder(EncoderOptions options, Module network, Engine engine) {
        this(options, network, engine, BATCH);
    }

    /**
     * @param options whose network it is
     * @param network from N x P x P x colours to N x C, of FLOAT; put into evaluation, and not changed otherwise
     * @param engine in FLOAT; its memory is given back when this is closed, and it stays usable
     * @param batch patches that go through the network together, at least 1
     * @throws IllegalArgumentException if the batch is not positive
     */
    public NetworkEncoder(EncoderOptions options, Module network, Engine engine, int batch) {
        Check.between("batch", batch, 1, 1 << 20);
        this.options = options;
        this.network = network;
        this.engine = engine;
        this.batch = batch;
        network.training(false);
    }

    @Override
    public String name() {
        return options.title();
    }

    /** A digest of its weights, and the precision. */
    @Override
    public String identity() {
        MessageDigest digest = Checksum.digest();
        network.values().forEach((name, array) -> {
            digest.update((name + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(array.length() * Float.BYTES));
            bytes.asFloatBuffer().put(Targets.read(array));
            digest.update(bytes);
        });
        return Checksum.hex(digest).substring(0, 16) + " "
                + engine.imageType().toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public int patch() {
        return options.patch();
    }

    @Override
    public int colours() {
        return options.colours();
    }

    @Override
    public int code() {
        return options.code();
    }

    @Override
    public float[] encode(float[] patches) {
        int count = requireWhole(this, patches);
        int length = patches.length / count;
        float[] codes = new float[Math.multiplyExact(count, code())];
        int done = 0;
        while (done < count) {
            int left = count - done;
            int n = left >= batch ? batch : Integer.highestOneBit(left);
            float[] part = n == count ? patches : Arrays.copyOfRange(patches, done * length, (done + n) * length);
            encode(part, n, codes, done * code());
            done += n;
        }
        return codes;
    }

    private void encode(float[] patches, int count, float[] into, int at) {
        try (Tape tape = engine.inference()) {
            INDArray images = Targets.array(tape, patches, count, patch(), patch(), colours());
            Tensor x = Arithmetic.cast(tape.constant(images), engine.imageType());
            Tensor codes = Arithmetic.cast(network.forward(x), engine.type());
            if (!Arrays.equals(codes.shape(), new long[] {count, code()})) {
                throw new IllegalStateException("a network of " + count + " x " + code() + " codes is expected, found "
                        + Arrays.toString(codes.shape()));
            }
            float[] values = Targets.read(codes.value());
            System.arraycopy(values, 0, into, at, values.length);
        }
    }

    /**
     * @return how many patches these values are
     * @throws IllegalArgumentException if they are not those of whole patches, at least one
     */
    static int requireWhole(PatchEncoder encoder, float[] patches) {
        long one = (long) encoder.patch() * encoder.patch() * encoder.colours();
        if (patches.length == 0 || patches.length % one != 0) {
            throw new IllegalArgumentException("expected whole patches of " + encoder.patch() + " x " + encoder.patch()
                    + " x " + encoder.colours() + " values, found " + patches.length + " values");
        }
        return Math.toIntExact(patches.length / one);
    }

    @Override
    public void close() {
        engine.close();
    }
}
