package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.ImageEmbedding;
import slidefield.swipe.SwipeOutput;
import slidefield.swipe.Volume;

/** What networks answer about points, windows and whole volumes. */
class VolumeAnswerTest {
    private static final Engine ENGINE = Engine.preferred();
    private static final VolumeSwipeOptions SWIPE = TinyVolumes.swipe(8, false, ImageEmbedding.COARSEST_STAGE, false);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** Weights that matter: decoders begin near 0. */
    private static <N extends VolumeNetwork> N answering(N network) {
        Random random = new Random(3);
        network.parameters().values().forEach(p -> {
            INDArray values = p.value().reshape('c', new long[] {p.value().length()});
            for (long i = 0; i < values.length(); i++) {
                values.putScalar(i, values.getFloat(i) + 0.3 * random.nextGaussian());
            }
        });
        network.training(false);
        return network;
    }

    private static Volume volume(int width, int height, int depth) {
        Volume ball = TinyVolumes.ball("ball", width, height, depth, 4).volume();
        return new VolumeScaling(VolumeScalingOptions.resonance()).scaled(ball);
    }

    @Test
    void anEncodedCropAnswersWhatABatchDoes() {
        // given
        VolumeSwipe network = answering(new VolumeSwipe(SWIPE, DataType.FLOAT, 2));
        INDArray crop = TinyVolumes.crops(DataType.FLOAT, 1, 1, 32, 64, 32);
        VolumePoints points = TinyVolumes.points(3, 1, 50, 32, 64, 32);
        VolumeFrame frame = TinyVolumes.frames().get(1);
        // when
        float[] batch;
        try (Tape tape = ENGINE.inference()) {
            SwipeOutput output = network.forward(tape.constant(crop), points, List.of(frame), 1);
            batch = output.patchLogits().value().dup('c').reshape(150).toFloatVector();
        }
        // then
        try (EncodedVolume encoded = network.encode(ENGINE, crop, frame)) {
            assertArrayEquals(batch, encoded.logits(points.places()), 1e-5f);
        }
    }

    /** Several pieces of a loop on all threads, against each point for itself. */
    @Test
    void eachOfManyPointsIsToldWhatItWouldBeAlone() {
        // given
        PatchCubes cubes = new PatchCubes(new int[] {32, 64, 32}, 8);
        int count = 1200;
        float[][] places = TinyVolumes.points(3, 1, count, 32, 64, 32).places();
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i * 7 % (2 * cubes.count()));
        try (Engine engine = Engine.reference(DataType.FLOAT);
                Tape tape = engine.inference()) {
            VolumeCodes codes = new VolumeCodes(
                    cubes,
                    tape.constant(TinyVolumes.crops(DataType.FLOAT, 1, 2 * cubes.count(), 1, 1, 1)
                            .reshape('c', 2L * cubes.count(), 1)),
                    tape.constant(
                            TinyVolumes.crops(DataType.FLOAT, 1, 2, 1, 1, 1).reshape('c', 2, 1)),
                    TinyVolumes.frames());
            // when
            DecoderOptions options = TinyVolumes.SWIPE.decoder();
            INDArray all = codes.patchInput(options, places, rows).points().value();
            // then the same bits
            for (int i = 0; i < count; i++) {
                float[][] place = {{places[0][i]}, {places[1][i]}, {places[2][i]}};
                INDArray one = codes.patchInput(options, place, new int[] {rows[i]})
                        .points()
                        .value();
                assertArrayEquals(one.toFloatMatrix()[0], all.getRow(i).toFloatVector(), "point " + i);
            }
        }
    }

    @Test
    void aPointOfSeveralCropsBelongsToItsOwn() {
        // given two crops, asked together and one by one
        VolumeSwipe network = answering(new VolumeSwipe(SWIPE, DataType.FLOAT, 2));
        INDArray both = TinyVolumes.crops(DataType.FLOAT, 1, 2, 32, 32, 64);
        VolumePoints points = TinyVolumes.points(3, 2, 7, 64, 32, 32);
        // when
        float[] together;
        try (Tape tape = ENGINE.inference()) {
            SwipeOutput output = network.forward(tape.constant(both), points, TinyVolumes.frames(), 1);
            together = output.patchLogits().value().dup('c').reshape(42).toFloatVector();
        }
        // then
        for (int crop = 0; crop < 2; crop++) {
            float[][] places = new float[3][];
            for (int axis = 0; axis < 3; axis++) {
                places[axis] = Arrays.copyOfRange(points.places()[axis], 7 * crop, 7 * crop + 7);
            }
            INDArray one = both.slice(crop).dup('c').reshape(1, 32, 32, 64, 1);
            try (EncodedVolume encoded =
                    network.encode(ENGINE, one, TinyVolumes.frames().get(crop))) {
                float[] expected = Arrays.copyOfRange(together, 21 * crop, 21 * crop + 21);
                assertArrayEquals(expected, encoded.logits(places), 1e-5f);
            }
        }
    }

    @Test
    void oneWindowAsLargeAsTheVolumeIsTheNetworkItself() {
        // given
        VolumeUNet network = answering(new VolumeUNet(new VolumeUNetOptions(1, 3, 3), DataType.FLOAT, 2));
        Volume volume = volume(16, 12, 8);
        // when
        SegmentedVolume found =
                new VolumeWindows(ENGINE, network, new int[] {16, 12, 8}, 0.5).predict(volume, new int[] {16, 12, 8});
        // then
        try (Tape tape = ENGINE.inference()) {
            VolumeFrame frame = new VolumeFrame(new int[3], new int[] {1, 1, 1}, new int[] {16, 12, 8});
            VolumeCrop crop = VolumeCrop.cut(volume, new byte[0], frame, new int[] {16, 12, 8});
            INDArray map = network.forward(tape.constant(VolumeBatch.values(tape, List.of(crop))))
                    .value();
            float[] expected = map.dup('c').reshape(map.length()).toFloatVector();
            assertArrayEquals(expected, found.logits());
            assertEquals(16 * 12 * 8, found.classes().length);
        }
    }

    @Test
    void windowsAreAveragedWhereTheyOverlap() {
        // given two windows of 16 along x over 24 voxels
        VolumeUNet network = answering(new VolumeUNet(new VolumeUNetOptions(1, 3, 1), DataType.FLOAT, 2));
        Volume volume = volume(24, 8, 8);
        int[] window = {16, 8, 8};
        // when
        SegmentedVolume both = new VolumeWindows(ENGINE, network, window, 0.5).predict(volume, new int[] {24, 8, 8});
        // then
        float[][] single = new float[2][];
        for (int k = 0; k < 2; k++) {
            int[] start = {8 * k, 0, 0};
            VolumeFrame frame = new VolumeFrame(start, new int[] {1, 1, 1}, new int[] {24, 8, 8});
            VolumeCrop crop = VolumeCrop.cut(volume, new byte[0], frame, window);
            try (Tape tape = ENGINE.inference()) {
                INDArray map = network.forward(tape.constant(VolumeBatch.values(tape, List.of(crop))))
                        .value();
                single[k] = map.dup('c').reshape(map.length()).toFloatVector();
            }
        }
        for (int i = 0; i < both.logits().length; i++) {
            int x = i % 24;
            int line = i / 24;
            double sum = (x < 16 ? single[0][line * 16 + x] : 0) + (x >= 8 ? single[1][line * 16 + x - 8] : 0);
            assertEquals(x < 8 || x >= 16 ? sum : sum / 2, both.logits()[i], 1e-5, "voxel " + i);
        }
    }

    @Test
    void anAnswerHasTheVolumesOwnVoxelsAtWhateverSpacingItIsSeen() {
        // given a volume of 2 mm that the network sees at 1 mm, larger and smaller than a crop
        VolumeSettings settings = TinyVolumes.settings("teaching").with(List.of("scaling.spacing=[1, 1, 1]"));
        VolumeNetwork network = answering(TrainedVolumeNetwork.network(ENGINE, settings));
        Volume ball = TinyVolumes.ball("ball", 20, 13, 9, 4).volume();
        Volume coarse = new Volume("ball", 20, 13, 9, 2, 2, 2, ball.values());
        // when
        SegmentedVolume found = new TrainedVolumeNetwork(ENGINE, settings, network).predict(coarse);
        // then
        assertEquals("20 13 9", found.width() + " " + found.height() + " " + found.depth());
        for (float logit : found.logits()) {
            assertEquals(true, Float.isFinite(logit));
        }
    }

    @Test
    void aLatticeInterpolatesAndKeepsWithinTheMap() {
        // given a map that is linear in x, y and z
        float[] map = new float[5 * 4 * 3];
        for (int i = 0; i < map.length; i++) {
            map[i] = i % 5 + 10 * (i / 5 % 4) + 100 * (i / 20);
        }
        VolumeLattice lattice =
                new VolumeLattice(new float[] {-1, 1.25f, 9}, new float[] {0.5f}, new float[] {1.5f, 2});
        // when
        float[] found = lattice.interpolated(map, new int[] {5, 4, 3}, 1);
        // then
        assertArrayEquals(new float[] {155, 156.25f, 159, 205, 206.25f, 209}, found, 1e-4f);
        assertArrayEquals(new float[] {-1, 1.25f, 9, -1, 1.25f, 9}, lattice.places()[0]);
        assertArrayEquals(new float[] {1.5f, 1.5f, 1.5f, 2, 2, 2}, lattice.places()[2]);
    }

    @Test
    void neighboursAreTheSixThatAdjoin() {
        // given 4 x 3 x 2 patches
        PatchCubes cubes = new PatchCubes(new int[] {32, 24, 16}, 8);
        Random random = new Random(1);
        for (int cube = 0; cube < cubes.count(); cube++) {
            for (int k = 0; k < 60; k++) {
                // when
                int other = cubes.neighbour(cube, random);
                // then it is one step away, or where there is none the second or last patch along that axis
                int dx = Math.abs(other % 4 - cube % 4);
                int dy = Math.abs(other / 4 % 3 - cube / 4 % 3);
                int dz = Math.abs(other / 12 - cube / 12);
                assertEquals(true, dx + dy + dz <= 1 && other >= 0 && other < 24, cube + " to " + other);
            }
        }
        assertEquals(1 + 4 * 2 + 12, cubes.of(new float[][] {{15.9f}, {99}, {8}}, 0));
        assertEquals(2 * 12f / 31 - 1, cubes.centre(1, 0), 1e-6);
        assertEquals(2 * 20f / 23 - 1, cubes.centre(1 + 4 * 2 + 12, 1), 1e-6);
    }
}
