package slidefield.experiment;

import java.util.Locale;
import java.util.function.LongFunction;
import slidefield.nic.PatchEncoder;

/**
 * A row of Table 1 of Neural Image Compression.
 *
 * @param name in tables
 * @param paper its name in the paper's table
 * @param text what it is, for a report
 * @param trained whether it is trained here, with every seed anew
 * @param open trains or reads it for a seed; the caller closes it
 */
record ProbedEncoder(String name, String paper, String text, boolean trained, LongFunction<PatchEncoder> open) {
    /** Name of its runs. */
    String run() {
        return run(name);
    }

    /** Name of the runs of a row. */
    static String run(String name) {
        return "patches-"
                + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("-$", "");
    }
}
