package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * What an experiment came to.
 *
 * @param name the experiment's
 * @param tables by name, numbers in full; the first is the paper's table or the figure's numbers
 * @param pictures by name; charts at their own size
 * @param claims what was seen of what the paper says
 * @param report all of it on one page of Markdown
 * @param files everything that was written, except runs
 */
public record ExperimentResult(
        String name,
        Map<String, Table> tables,
        Map<String, BufferedImage> pictures,
        List<Claim> claims,
        String report,
        List<Path> files) {
    /** The first table. */
    public Table table() {
        return tables.values().iterator().next();
    }

    /** The first picture. */
    public BufferedImage picture() {
        return pictures.values().iterator().next();
    }
}
