package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.field.DecoderOptions;
import slidefield.field.FieldOptions;
import slidefield.field.HashGridOptions;
import slidefield.field.HeadOptions;
import slidefield.fit.Benchmark.Mode;

class WorkloadTest {
    private static final int WINDOW = 128;
    private static final int SIDE = 1024;

    /** What the published floors divide by: GFLOP/s of two cores. */
    private static final double FLOOR_RATE = 235;

    private final Workload teaching = new Workload(FieldOptions.teaching(), WINDOW, SIDE);
    private final Workload paper = new Workload(FieldOptions.paper(), WINDOW, SIDE);

    @Test
    void theTeachingPresetIsCountedAsByHand() {
        // given, multiply-adds per point
        double points = 128 * 128;
        double cnn = 9 * 24 * 32 + 9 * 32 * 32;
        double mlp = 24 * 32 + 32 * 32 + 32 * 32;
        double stem = 9 * 64 * 32;
        double blocks = 3 * 9 * 32 * 32;
        double colours = stem + blocks + 32 * 3;
        double lesion = stem + blocks + 32;
        // then
        assertEquals(2e-9 * points * (cnn + mlp + colours + lesion), teaching.gflop(Mode.INFER), 1e-12);
        assertEquals(3.64, teaching.gflop(Mode.INFER), 0.01);
        assertEquals(2e-9 * points * 3 * (cnn + mlp + colours), teaching.gflop(Mode.RECON), 1e-12);
        assertEquals(2e-9 * points * 2 * (cnn + mlp + colours), teaching.gflop(Mode.ITO), 1e-12);
        assertEquals(2e-9 * points * (cnn + mlp + 3 * lesion - stem), teaching.gflop(Mode.SEG), 1e-12);
    }

    @Test
    void bothPresetsGiveThePublishedFloors() {
        // given, milliseconds; the floors of seg count the gradient of the frozen latent too
        double[] floors = {27, 18, 22, 16, 530, 353, 330, 254};
        double latentTeaching = 2e-9 * 128 * 128 * 9 * 64 * 32;
        double latentPaper = 2e-9 * 128 * 128 * 9 * 256 * 96;
        // when
        double[] counted = {
            teaching.gflop(Mode.RECON),
            teaching.gflop(Mode.ITO),
            teaching.gflop(Mode.SEG) + latentTeaching,
            teaching.gflop(Mode.INFER),
            paper.gflop(Mode.RECON),
            paper.gflop(Mode.ITO),
            paper.gflop(Mode.SEG) + latentPaper,
            paper.gflop(Mode.INFER)
        };
        // then
        for (int k = 0; k < floors.length; k++) {
            assertEquals(floors[k], counted[k] / FLOOR_RATE * 1e3, Math.max(0.51, 0.003 * floors[k]), "floor " + k);
        }
    }

    @Test
    void aFixedEncodingNeedsNoGradient() {
        // given
        FieldOptions raw = tiny(FieldOptions.EncodingKind.RAW, new HashGridOptions(4, 9, 2, 16, 1.5));
        double entry = 9 * 2 * 4 + 2 * 4;
        double network = entry + 9 * 4 * 4 + 2 * 4 * 4 + (9 * 8 * 4 + 9 * 4 * 4 + 4 * 3);
        // when
        Workload work = new Workload(raw, 16, SIDE);
        // then
        assertEquals(2e-9 * 256 * (3 * network - entry), work.gflop(Mode.RECON), 1e-15);
        assertEquals(2e-9 * 256 * network, work.gflop(Mode.ITO), 1e-15);
        assertEquals(4e-9 * 256 * 2, work.encodeGigabytes(), 1e-15);
    }

    @Test
    void encodingMovesFeaturesAndTouchedEntriesTwice() {
        // given two levels: 15 cells, dense, and 31 cells hashed into 64 entries
        FieldOptions hashed = tiny(FieldOptions.EncodingKind.HASH_GRID, new HashGridOptions(2, 6, 2, 16, 2));
        // when a window of 65 of 256 points spans 3.75 and 7.75 cells
        double bytes = 1e9 * new Workload(hashed, 65, 256).encodeGigabytes();
        // then it has 6 x 6 corners, and 10 x 10 that share 64 entries
        assertEquals(2 * 4 * (65 * 65 * 4 + (36 + 64) * 2), bytes, 1e-6);
        assertTrue(paper.encodeGigabytes() > teaching.encodeGigabytes());
    }

    /** One stage of width 4 and one block of width 4. */
    private static FieldOptions tiny(FieldOptions.EncodingKind encoding, HashGridOptions grid) {
        return new FieldOptions(
                encoding,
                grid,
                10,
                new DecoderOptions(4, 1, DecoderOptions.Branch.RELU, 30),
                new HeadOptions(4, List.of(1)));
    }
}
