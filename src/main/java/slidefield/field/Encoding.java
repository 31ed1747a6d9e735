package slidefield.field;

import java.util.Map;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Turns the coordinates of a window into features, the decoder's input.
 *
 * <p>Encoding is safe from several threads, each with a tape of its own, while nobody trains.
 */
public interface Encoding {
    /** Features per point. */
    int features();

    /**
     * Encodes every point of a window.
     *
     * @param tape where the result lives and where its gradient is recorded
     * @param window the coordinates
     * @return 1 x window height x window width x {@link #features()}
     */
    Tensor encode(Tape tape, Window window);

    /** What is trained, by name; empty for fixed encodings. */
    Map<String, Parameter> parameters();
}
