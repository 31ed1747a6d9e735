package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

public class SwipeLossTest {
    private static final int POINTS = 24;
    private static final int[] REPEATED = {3, 3, 0, 7, 23, 11};

    private static int[] classes(int columns, int points, long seed) {
        return new Random(seed).ints(points, 0, Math.max(2, columns)).toArray();
    }

    /** Losses of this package through the common gradient check. */
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (OccupancyLoss.Dice dice : OccupancyLoss.Dice.values()) {
            for (int columns : new int[] {1, 2, 5}) {
                cases.add(new Case("OccupancyLoss.of", dice + ", " + columns + " columns", init -> {
                    int[] classes = classes(columns, POINTS, 5);
                    return new Subject(
                            Map.of("x", init.normal(2, POINTS, columns)),
                            Map.of(),
                            (tape, t) -> OccupancyLoss.of(t.get("x"), classes, dice));
                }));
            }
        }
        for (SwipeLossOptions options : List.of(SwipeLossOptions.paper(), SwipeLossOptions.released())) {
            for (int columns : new int[] {1, 3}) {
                cases.add(new Case("SwipeLoss.of", options.penalty() + ", " + columns + " columns", init -> {
                    int[] classes = classes(columns, POINTS, 6);
                    boolean embeddings = options.penalty() == SwipeLossOptions.Penalty.EMBEDDINGS;
                    Map<String, INDArray> leaves = new LinkedHashMap<>();
                    leaves.put("patch", init.normal(2, POINTS, columns));
                    leaves.put("image", init.normal(2, POINTS, columns));
                    leaves.put("overreach", init.normal(2, REPEATED.length, columns));
                    if (embeddings) {
                        leaves.put("zp", init.normal(30, POINTS, 4));
                        leaves.put("zi", init.normal(30, 2, 4));
                    }
                    // a larger weight, so that a wrong gradient of the penalty would show
                    SwipeLossOptions heavy = new SwipeLossOptions(
                            options.dice(), 0.3, options.overreach(), 0.2, options.penalty(), 0.05);
                    return new Subject(leaves, Map.of(), (tape, t) -> new SwipeLoss(heavy).of(output(t), classes));
                }));
            }
        }
        return cases;
    }

    private static SwipeOutput output(Map<String, Tensor> t) {
        return new SwipeOutput(t.get("patch"), t.get("image"), t.get("overreach"), REPEATED, t.get("zp"), t.get("zi"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260305);
    }

    /** The formulas in plain arithmetic; one column stands for a sigmoid. */
    private static double expected(double[][] logits, int[] classes, OccupancyLoss.Dice dice) {
        int columns = logits[0].length;
        int counted = Math.max(1, columns);
        double entropy = 0;
        double[][] sums = new double[counted][5];
        for (int i = 0; i < logits.length; i++) {
            double[] p = new double[counted];
            if (columns == 1) {
                p[0] = 1 / (1 + Math.exp(-logits[i][0]));
                entropy -= Math.log(classes[i] == 1 ? p[0] : 1 - p[0]);
            } else {
                double all = 0;
                for (double x : logits[i]) {
                    all += Math.exp(x);
                }
                for (int c = 0; c < columns; c++) {
                    p[c] = Math.exp(logits[i][c]) / all;
                }
                entropy -= Math.log(p[classes[i]]);
            }
            for (int c = 0; c < counted; c++) {
                double o = classes[i] == (columns == 1 ? 1 : c) ? 1 : 0;
                sums[c][0] += o * p[c];
                sums[c][1] += o * o;
                sums[c][2] += p[c] * p[c];
                sums[c][3] += p[c] * (1 - o);
                sums[c][4] += (1 - p[c]) * o;
            }
        }
        double overlap = 0;
        for (double[] s : sums) {
            double below = dice == OccupancyLoss.Dice.SQUARED ? s[1] + s[2] + 1 : 2 * s[0] + s[3] + s[4] + 1;
            overlap += (1 - (2 * s[0] + 1) / below) / counted;
        }
        return 0.5 * entropy / logits.length + 0.5 * overlap;
    }

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] logits = new double[rows][columns];
        for (double[] row : logits) {
            for (int c = 0; c < columns; c++) {
                row[c] = 2 * random.nextGaussian();
            }
        }
        return logits;
    }

    private static Tensor constant(Tape tape, double[][] values) {
        INDArray array = new Init(DataType.DOUBLE, 1).zeros(values.length, values[0].length);
        for (int i = 0; i < values.length; i++) {
            for (int c = 0; c < values[0].length; c++) {
                array.putScalar(i, c, values[i][c]);
            }
        }
        return tape.constant(array.castTo(tape.engine().type()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 14})
    void theOccupancyLossIsThePapersAndTheCodes(int columns) {
        double[][] logits = random(60, columns, 4);
        int[] classes = classes(columns, 60, 9);
        for (OccupancyLoss.Dice dice : OccupancyLoss.Dice.values()) {
            try (Engine engine = Engine.reference(DataType.DOUBLE);
                    Tape tape = engine.record()) {
                assertEquals(
                        expected(logits, classes, dice),
                        OccupancyLoss.of(constant(tape, logits), classes, dice).scalar(),
                        1e-10);
            }
            try (Engine engine = Engine.preferred();
                    Tape tape = engine.record()) {
                assertEquals(
                        expected(logits, classes, dice),
                        OccupancyLoss.of(constant(tape, logits), classes, dice).scalar(),
                        1e-5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OccupancyLoss.Dice.class)
    void largeLogitsStayNumbersAndPerfectOnesCostNothing(OccupancyLoss.Dice dice) {
        // given certain predictions, right and wrong, of one column and of three
        double[][] one = {{1000}, {-1000}, {1000}};
        double[][] three = {{0, 2000, 0}, {2000, 0, 0}, {0, 0, 2000}};
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            // when / then
            assertEquals(
                    0,
                    OccupancyLoss.of(constant(tape, one), new int[] {1, 0, 1}, dice)
                            .scalar(),
                    1e-12);
            assertEquals(
                    0,
                    OccupancyLoss.of(constant(tape, three), new int[] {1, 0, 2}, dice)
                            .scalar(),
                    1e-12);
            double wrong = OccupancyLoss.of(constant(tape, three), new int[] {0, 2, 1}, dice)
                    .scalar();
            assertEquals(1000, wrong, 1, "half of 2000, and Dice");
            assertTrue(Double.isFinite(OccupancyLoss.of(constant(tape, one), new int[] {0, 1, 0}, dice)
                    .scalar()));
            // an image without foreground that is answered so
            assertEquals(
                    0,
                    OccupancyLoss.of(constant(tape, new double[][] {{-1000}, {-1000}}), new int[2], dice)
                            .scalar(),
                    1e-12);
        }
    }

    private static double loss(SwipeLossOptions options, boolean image, boolean overreach) {
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            SwipeOutput output = new SwipeOutput(
                    constant(tape, random(POINTS, 1, 1)),
                    image ? constant(tape, random(POINTS, 1, 2)) : null,
                    overreach ? constant(tape, random(REPEATED.length, 1, 3)) : null,
                    overreach ? REPEATED : null,
                    constant(tape, random(POINTS, 4, 4)),
                    constant(tape, random(2, 4, 5)));
            return new SwipeLoss(options).of(output, classes(1, POINTS, 7)).scalar();
        }
    }

    private static double squares(double[][] values) {
        double sum = 0;
        for (double[] row : values) {
            for (double value : row) {
                sum += value * value;
            }
        }
        return sum;
    }

    @Test
    void thePartsAreWeightedAsInThePaperAndInTheCode() {
        // given the parts by themselves
        int[] classes = classes(1, POINTS, 7);
        int[] repeated = new int[REPEATED.length];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = classes[REPEATED[i]];
        }
        double[] squared = new double[3];
        double[] counted = new double[3];
        for (OccupancyLoss.Dice dice : OccupancyLoss.Dice.values()) {
            double[] parts = dice == OccupancyLoss.Dice.SQUARED ? squared : counted;
            parts[0] = expected(random(POINTS, 1, 1), classes, dice);
            parts[1] = expected(random(POINTS, 1, 2), classes, dice);
            parts[2] = expected(random(REPEATED.length, 1, 3), repeated, dice);
        }
        double embeddings = squares(random(POINTS, 4, 4)) / POINTS + squares(random(2, 4, 5)) / 2;
        double patchLogits = squares(random(POINTS, 1, 1));
        double logits = patchLogits + squares(random(POINTS, 1, 2));
        SwipeLossOptions paper = SwipeLossOptions.paper();
        SwipeLossOptions code = SwipeLossOptions.released();
        // when / then
        assertEquals(
                0.5 * squared[0] + 0.5 * squared[1] + 0.1 * squared[2] + 1e-4 * embeddings,
                loss(paper, true, true),
                1e-10);
        assertEquals(
                0.5 * (0.9 * counted[0] + 0.1 * counted[2]) + 0.5 * counted[1] + 1e-5 * logits,
                loss(code, true, true),
                1e-10);
        assertEquals(squared[0] + 1e-4 * embeddings, loss(paper, false, false), 1e-10);
        assertEquals(0.9 * counted[0] + 0.1 * counted[2] + 1e-5 * patchLogits, loss(code, false, true), 1e-10);
        assertEquals(0.5 * counted[0] + 0.5 * counted[1] + 1e-5 * logits, loss(code, true, false), 1e-10);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            Tensor x = constant(tape, random(3, 1, 1));
            OccupancyLoss.Dice dice = OccupancyLoss.Dice.COUNTED;
            assertThrows(IllegalArgumentException.class, () -> OccupancyLoss.of(x, new int[2], dice));
            assertThrows(IllegalArgumentException.class, () -> OccupancyLoss.of(x, new int[] {0, 2, 0}, dice));
            assertThrows(IllegalArgumentException.class, () -> OccupancyLoss.of(x, new int[] {0, -1, 0}, dice));
            SwipeOutput odd = new SwipeOutput(x, x, x, new int[] {1}, null, null);
            SwipeLoss code = new SwipeLoss(SwipeLossOptions.released());
            assertThrows(IllegalArgumentException.class, () -> code.of(odd, new int[3]));
            SwipeOutput bare = new SwipeOutput(x, x, null, null, null, null);
            SwipeLoss paper = new SwipeLoss(SwipeLossOptions.paper());
            String message = assertThrows(IllegalArgumentException.class, () -> paper.of(bare, new int[3]))
                    .getMessage();
            assertTrue(message.contains("no z^P"), message);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new SwipeLossOptions(
                        OccupancyLoss.Dice.COUNTED,
                        1.5,
                        SwipeLossOptions.Overreach.ADDED,
                        0,
                        SwipeLossOptions.Penalty.LOGITS,
                        0));
    }
}
