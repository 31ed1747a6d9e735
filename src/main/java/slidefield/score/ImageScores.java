package slidefield.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Dice of whole images (or volumes) one by one, then their mean: each image counts the same, however large its foreground
 * (SwIPE, Table 1: "foreground-averaged scores").
 *
 * <p>The Dice of an image is the mean over its foreground classes. A class that neither prediction nor truth shows does
 * not count in that image; where that holds for all classes, nothing was to be found and nothing was: 1.
 */
public final class ImageScores {
    private final List<String> classes;
    private final List<String> images = new ArrayList<>();
    private final List<Confusion[]> counts = new ArrayList<>();

    /** @param classes names of the foreground classes 1, 2, ...; at least one */
    public ImageScores(List<String> classes) {
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("at least one foreground class is expected");
        }
        this.classes = List.copyOf(classes);
    }

    /**
     * Counts an image.
     *
     * @param image its name
     * @param prediction a class number a pixel; 0 is background
     * @param truth as long
     * @return the image's Dice
     * @throws IllegalArgumentException if the lengths differ or a class number is none
     */
    public double add(String image, byte[] prediction, byte[] truth) {
        Confusion[] found = new Confusion[classes.size()];
        requireClasses(prediction);
        requireClasses(truth);
        for (int c = 0; c < found.length; c++) {
            found[c] = new Confusion().add(mask(prediction, c + 1), mask(truth, c + 1));
        }
        images.add(image);
        counts.add(found);
        return dice(found);
    }

    private void requireClasses(byte[] map) {
        for (byte c : map) {
            if (c < 0 || c > classes.size()) {
                throw new IllegalArgumentException("expected classes from 0 to " + classes.size() + ", found " + c);
            }
        }
    }

    private static byte[] mask(byte[] map, int ofClass) {
        byte[] mask = new byte[map.length];
        for (int i = 0; i < map.length; i++) {
            mask[i] = (byte) (map[i] == ofClass ? 1 : 0);
        }
        return mask;
    }

    private static boolean counts(Confusion found) {
        return found.lesion() > 0 || found.predicted() > 0;
    }

    private static double dice(Confusion[] found) {
        SummaryStatistics shown = new SummaryStatistics();
        for (Confusion one : found) {
            if (counts(one)) {
                shown.addValue(one.scores().dice());
            }
        }
        return shown.getN() == 0 ? 1 : shown.getMean();
    }

    /** The Dice of each image, in the order in which they were added. */
    public List<Double> dice() {
        return counts.stream().map(ImageScores::dice).toList();
    }

    /** The mean Dice over the images; not a number where there is none. */
    public double mean() {
        return statistics().getMean();
    }

    /** The standard deviation over the images (of a sample); 0 for one image, not a number for none. */
    public double deviation() {
        return statistics().getStandardDeviation();
    }

    private SummaryStatistics statistics() {
        SummaryStatistics all = new SummaryStatistics();
        dice().forEach(all::addValue);
        return all;
    }

    /**
     * The mean Dice of one class over the images that show it in prediction or truth.
     *
     * @param ofClass from 1
     * @return not a number where no image shows it
     */
    public double mean(int ofClass) {
        SummaryStatistics shown = new SummaryStatistics();
        for (Confusion[] found : counts) {
            if (counts(found[ofClass - 1])) {
                shown.addValue(found[ofClass - 1].scores().dice());
            }
        }
        return shown.getMean();
    }

    /** One row an image: its name, its Dice, and that of each class (missing where it does not count). */
    public Table table() {
        StringColumn names = StringColumn.create("image", images);
        DoubleColumn dice = DoubleColumn.create("Dice", dice());
        Table table = Table.create("Dice of each image", names, dice);
        for (int c = 0; c < classes.size() && classes.size() > 1; c++) {
            DoubleColumn column = DoubleColumn.create(classes.get(c));
            for (Confusion[] found : counts) {
                if (counts(found[c])) {
                    column.append(found[c].scores().dice());
                } else {
                    column.appendMissing();
                }
            }
            table.addColumns(column);
        }
        return table;
    }
}
