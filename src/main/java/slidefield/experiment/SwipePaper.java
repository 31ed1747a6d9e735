package slidefield.experiment;

import java.util.List;

/**
 * The numbers of SwIPE's paper (Zhang et al. 2023) on polyps, Dice in percent: Kvasir-Sessile, 39 test images, six seeds.
 * Those of Table 2, right, are charts, read from the authors' poster.
 */
final class SwipePaper {
    static final String UNET = "U-Net";
    static final String PRANET = "PraNet";
    static final String RES2UNET = "Res2UNet";
    static final String OSSNET = "OSSNet";
    static final String IOSNET = "IOSNet";
    static final String SWIPE = "SwIPE";

    /** The rivals of Table 1 in its order. */
    static final List<String> RIVALS = List.of(UNET, PRANET, RES2UNET, OSSNET, IOSNET);

    /** The rivals of Table 2. */
    static final List<String> ROBUST_RIVALS = List.of(PRANET, IOSNET);

    /** The column of tables that have one. */
    static final String DICE = "Dice %";

    /** The columns of Table 2, left: 128, 384 and 896 pixels along the sides of the output or the input. */
    static final String SAME = "as trained";

    static final String SMALLER_OUTPUT = "smaller output";
    static final String LARGER_OUTPUT = "larger output";
    static final String SMALLER_INPUT = "smaller input";
    static final String LARGER_INPUT = "larger input";

    /** The columns of Table 2, middle. */
    static final String SEEN_SET = "test images";

    static final String UNSEEN_SET = "other data set";

    private SwipePaper() {}

    static PaperNumbers table1() {
        return new PaperNumbers()
                .number(UNET, DICE, 63.89, 1.30)
                .number(PRANET, DICE, 82.56, 1.08)
                .number(RES2UNET, DICE, 81.62, 0.97)
                .number(OSSNET, DICE, 76.11, 1.14)
                .number(IOSNET, DICE, 78.37, 0.76)
                .number(SWIPE, DICE, 85.05, 0.82);
    }

    /** Parameters in millions and multiply-adds in billions, as Table 1 prints them. */
    static double[] cost(String method) {
        return switch (method) {
            case UNET -> new double[] {7.9, 83.3};
            case PRANET -> new double[] {30.5, 15.7};
            case RES2UNET -> new double[] {25.4, 17.8};
            case OSSNET -> new double[] {5.2, 6.4};
            case IOSNET -> new double[] {4.1, 5.9};
            case SWIPE -> new double[] {2.7, 10.2};
            default -> throw new IllegalArgumentException("no row of Table 1: " + method);
        };
    }

    /** Table 2, left. Nothing but PraNet is given another input. */
    static PaperNumbers resolutions() {
        return new PaperNumbers()
                .number(PRANET, SAME, 82.56)
                .number(PRANET, SMALLER_OUTPUT, 72.64)
                .number(PRANET, LARGER_OUTPUT, 74.95)
                .number(PRANET, SMALLER_INPUT, 68.79)
                .number(PRANET, LARGER_INPUT, 43.92)
                .number(IOSNET, SAME, 78.37)
                .number(IOSNET, SMALLER_OUTPUT, 76.18)
                .number(IOSNET, LARGER_OUTPUT, 78.01)
                .number(SWIPE, SAME, 85.05)
                .number(SWIPE, SMALLER_OUTPUT, 81.26)
                .number(SWIPE, LARGER_OUTPUT, 84.33);
    }

    /** Table 2, middle: trained on Kvasir-Sessile, scored on CVC-ClinicDB. */
    static PaperNumbers dataSets() {
        return new PaperNumbers()
                .number(PRANET, SEEN_SET, 82.56)
                .number(IOSNET, SEEN_SET, 78.37)
                .number(SWIPE, SEEN_SET, 85.05)
                .number(PRANET, UNSEEN_SET, 68.37)
                .number(IOSNET, UNSEEN_SET, 59.42)
                .number(SWIPE, UNSEEN_SET, 70.10);
    }
}
