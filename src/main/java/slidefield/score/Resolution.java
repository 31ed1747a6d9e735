package slidefield.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import slidefield.io.InputException;

/** The resolutions of the paper's tables: Base and one and two octaves coarser (WSI-INR, Table 1). */
public enum Resolution {
    /** The resolution that fields are trained at. */
    BASE("Base", 1),
    /** Half the pixels along each axis. */
    HALF("Base/2", 2),
    /** A quarter of the pixels along each axis. */
    QUARTER("Base/4", 4);

    private final String label;
    private final int factor;

    Resolution(String label, int factor) {
        this.label = label;
        this.factor = factor;
    }

    /** The table heading: {@code Base}, {@code Base/2} or {@code Base/4}. */
    public String label() {
        return label;
    }

    /** Base pixels per pixel along one axis: 1, 2 or 4. */
    public int factor() {
        return factor;
    }

    /** For file names: {@code base}, {@code base2} or {@code base4}. */
    public String fileName() {
        return label.toLowerCase(Locale.ROOT).replace("/", "");
    }

    /**
     * Reads one resolution.
     *
     * @param text {@code base}, {@code base/2} or {@code base/4} in any case
     * @throws InputException for anything else
     */
    public static Resolution parse(String text) {
        String plain = text.strip();
        return Arrays.stream(values())
                .filter(resolution -> resolution.label.equalsIgnoreCase(plain))
                .findFirst()
                .orElseThrow(() ->
                        new InputException("expected the resolution base, base/2 or base/4, found '" + plain + "'"));
    }

    /**
     * Reads a list such as {@code base,base/2}.
     *
     * @param text resolutions separated by commas
     * @throws InputException if one is unknown or given twice
     */
    public static List<Resolution> parseAll(String text) {
        List<Resolution> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Resolution one = parse(part);
            if (all.contains(one)) {
                throw new InputException("resolution " + one.label + " is given twice in '" + text + "'");
            }
            all.add(one);
        }
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return label;
    }
}
