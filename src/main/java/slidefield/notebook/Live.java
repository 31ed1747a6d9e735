package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.UUID;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * One place under a cell whose content can be replaced: a curve that grows while a field trains. Without a kernel each
 * new text is printed if it differs from the last.
 */
public final class Live {
    private final Optional<NotebookKernel> kernel = NotebookKernel.find();
    private final String id = UUID.randomUUID().toString();
    private boolean shown;
    private String printed;

    Live() {}

    /**
     * @param bundle what to show from now on
     */
    public synchronized void show(Bundle bundle) {
        if (kernel.isEmpty()) {
            if (!bundle.text().equals(printed)) {
                System.out.println(bundle.text());
            }
            printed = bundle.text();
        } else if (shown) {
            kernel.get().update(bundle, id);
        } else {
            kernel.get().display(bundle, id);
        }
        shown = true;
    }

    /**
     * @param image the image to show from now on
     */
    public void image(BufferedImage image) {
        show(Bundle.image(image));
    }

    /**
     * @param chart the chart to show from now on
     */
    public void chart(Chart<?, ?> chart) {
        show(Bundle.chart(chart));
    }

    /**
     * @param table the table to show from now on
     */
    public void table(Table table) {
        show(Bundle.table(table));
    }

    /**
     * @param text the text to show from now on
     */
    public void text(String text) {
        show(Bundle.text(text));
    }
}
