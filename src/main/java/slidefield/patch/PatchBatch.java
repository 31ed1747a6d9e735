package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Arithmetic;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Parallel;

/** Patches as arrays of a tape. */
final class PatchBatch {
    private PatchBatch() {}

    /** One patch's numbers. */
    interface Source {
        float[] of(int patch);
    }

    /** Per scale N x S x S x 3 colours of the patches at the given sites. */
    static List<INDArray> colours(Tape tape, PatchSampler sampler, List<PatchSite> sites) {
        List<INDArray> scales = new ArrayList<>();
        for (int j = 0; j < sampler.scaleCount(); j++) {
            int index = j;
            scales.add(join(tape, sites.size(), sampler.size(), 3, i -> sampler.colours(sites.get(i), index)));
        }
        return scales;
    }

    /** N x S x S x 1, 1 where lesion. */
    static INDArray lesion(Tape tape, PatchSampler sampler, List<PatchSite> sites) {
        return join(tape, sites.size(), sampler.size(), 1, i -> sampler.lesion(sites.get(i)));
    }

    /** Patches side by side, N x S x S x channels; read on all cores. */
    static INDArray join(Tape tape, int count, int size, int channels, Source source) {
        int length = size * size * channels;
        float[] all = new float[count * length];
        Parallel.forEach(count, i -> System.arraycopy(source.of(i), 0, all, i * length, length));
        return Targets.array(tape, all, count, size, size, channels);
    }

    /**
     * What a network says of patches.
     *
     * @param colours per scale N x S x S x 3
     * @return logits N x S x S x 1 in the type of losses
     */
    static Tensor logits(PatchNetwork network, Tape tape, List<INDArray> colours) {
        List<Tensor> images = colours.stream()
                .map(c -> Arithmetic.cast(tape.constant(c), tape.engine().imageType()))
                .toList();
        return Arithmetic.cast(network.forward(images), tape.engine().type());
    }
}
