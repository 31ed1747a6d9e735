package slidefield.nic;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import slidefield.io.InputException;

/**
 * A compressed slide with what is known of it, in one or more orientations, read when asked for: hundreds of slides need not
 * fit into memory at once.
 *
 * @param name unique among the slides of a training
 * @param label the class, counted from 0 (of two: 1 is positive), or the number to predict
 * @param orientations how many grids there are, at least 1; the first is the slide as it lies
 * @param reader gives the grid of an orientation, the same one each time; as thread-safe as whoever made it
 */
public record LabelledGrid(String name, double label, int orientations, IntFunction<? extends CodePlane> reader) {
    /** @throws IllegalArgumentException if a part is missing, the label is no number or there is no orientation */
    public LabelledGrid {
        if (name == null || name.isEmpty() || reader == null) {
            throw new IllegalArgumentException("a labelled grid needs a name and something to read it with");
        }
        if (!Double.isFinite(label)) {
            throw new IllegalArgumentException("slide " + name + ": the label must be a finite number, got " + label);
        }
        if (orientations < 1) {
            throw new IllegalArgumentException(
                    "slide " + name + " needs at least one orientation, got " + orientations);
        }
    }

    /**
     * One that is in memory.
     *
     * @param grids of its orientations, the first as it lies
     */
    public static LabelledGrid of(String name, double label, List<CodeGrid> grids) {
        List<CodeGrid> kept = List.copyOf(grids);
        return new LabelledGrid(name, label, kept.size(), kept::get);
    }

    /**
     * A compressed slide on disk, in all orientations that are there. Of each, where its tissue is is found once and kept; crops are
     * read from disk whenever they are cut.
     *
     * @param slide its name is the grid's
     * @param label as above
     * @throws InputException if the slide as it lies is not among them
     */
    public static LabelledGrid of(CompressedSlide slide, double label) {
        List<GridOrientation> found = slide.orientations();
        if (!found.contains(GridOrientation.NONE_0)) {
            throw new InputException("slide " + slide.name() + " is there in the orientations "
                    + found.stream().map(GridOrientation::text).toList() + " only; it is also needed as it lies");
        }
        AtomicReferenceArray<StoredGrid> opened = new AtomicReferenceArray<>(found.size());
        return new LabelledGrid(slide.name(), label, found.size(), k -> {
            if (opened.get(k) == null) {
                opened.set(k, StoredGrid.open(slide, found.get(k)));
            }
            return opened.get(k);
        });
    }

    /**
     * @param orientation from 0
     * @param code values of a code that are expected
     * @return the grid
     * @throws InputException if its codes have another size
     */
    CodePlane grid(int orientation, int code) {
        CodePlane grid = reader.apply(orientation);
        if (grid.code() != code) {
            throw new InputException("slide " + name + " has codes of " + grid.code() + " values, the network takes "
                    + code + ": set slideCnn.code=" + grid.code());
        }
        return grid;
    }
}
