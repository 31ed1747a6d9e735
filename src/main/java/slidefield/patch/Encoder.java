package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Tensor;

/** The way down of a U-Net: a block per level, and the largest of 2 x 2 pixels between them. */
final class Encoder extends Module {
    private static final int COLOURS = 3;

    private final List<Module> blocks = new ArrayList<>();

    Encoder(Init init, UNetOptions options) {
        int in = COLOURS;
        for (int level = 0; level < options.levels(); level++) {
            int out = options.channels(level);
            blocks.add(child("level" + level, new ConvolutionBlock(init, in, out, options.bias())));
            in = out;
        }
    }

    /** N x H x W x 3 to the maps of all levels, the finest first: N x (H / 2^l) x (W / 2^l) x (base 2^l). */
    List<Tensor> levels(Tensor patch) {
        List<Tensor> maps = new ArrayList<>();
        for (Module block : blocks) {
            Tensor above = maps.isEmpty() ? patch : Pooling.max(maps.get(maps.size() - 1), 2, 2, 0);
            maps.add(block.forward(above));
        }
        return maps;
    }

    /** The coarsest map. */
    @Override
    public Tensor forward(Tensor patch) {
        List<Tensor> maps = levels(patch);
        return maps.get(maps.size() - 1);
    }
}
