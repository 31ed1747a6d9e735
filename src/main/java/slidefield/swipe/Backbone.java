package slidefield.swipe;

import java.util.List;
import slidefield.nn.Module;
import slidefield.nn.Tensor;

/** SwIPE's E_b (section 2.1): a convolutional network that gives maps of four sizes. */
abstract class Backbone extends Module {
    /**
     * @param x N x H x W x 3, H and W multiples of 32
     * @return F2 to F5: N x H/4 x W/4 x C2, ..., N x H/32 x W/32 x C5
     */
    abstract List<Tensor> maps(Tensor x);
}
