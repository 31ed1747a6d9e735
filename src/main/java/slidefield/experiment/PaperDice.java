package slidefield.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import slidefield.score.Resolution;

/**
 * A row of a table of WSI-INR, on CAMELYON16's 22 test slides with macro-metastases.
 *
 * @param method the row's name
 * @param dice as printed
 */
record PaperDice(String method, Map<Resolution, Double> dice) {
    static final String UNET = "U-Net";
    static final String TRANSUNET = "TransUNet";
    static final String BASE_OPT = "Ours (Base-resolution opt)";
    static final String SPECIFIC_OPT = "Ours (Resolution-specific opt)";
    static final String NO_ENCODING = "w/o encoding";
    static final String NERF = "w/ NeRF positional encoding";
    static final String HASH_GRID = "w/ hash grid encoding";

    /** The methods that see a slide patch by patch. */
    static final List<String> PATCH_METHODS = List.of(UNET, TRANSUNET);

    static final List<PaperDice> TABLE_1 = List.of(
            of(UNET, 0.4858, 0.2418, 0.2221),
            of(TRANSUNET, 0.1534, 0.1146, 0.0979),
            of(BASE_OPT, 0.2417, 0.1664, 0.1683),
            of(SPECIFIC_OPT, 0.2417, 0.2333, 0.3048));

    static final List<PaperDice> TABLE_2 =
            List.of(of(NO_ENCODING, 0, 0, 0), of(NERF, 0.0901, 0.0901, 0.0901), of(HASH_GRID, 0.2417, 0.1664, 0.1683));

    private static PaperDice of(String method, double base, double half, double quarter) {
        Map<Resolution, Double> dice = new EnumMap<>(Resolution.class);
        dice.put(Resolution.BASE, base);
        dice.put(Resolution.HALF, half);
        dice.put(Resolution.QUARTER, quarter);
        return new PaperDice(method, dice);
    }

    /** The same as {@link DiceRows} gives our own, by method. */
    static Map<Resolution, Double> of(List<PaperDice> table, String method) {
        return table.stream()
                .filter(row -> row.method().equals(method))
                .findFirst()
                .map(PaperDice::dice)
                .orElse(Map.of());
    }
}
