package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.PointSampler;
import slidefield.swipe.PoolOptions;
import slidefield.swipe.SampledPoints;
import slidefield.swipe.Volume;

/** Where crops lie, what they show, and which points they hold. */
class VolumeCropTest {
    private static final PoolOptions POOL = new PoolOptions(300, 100, 0.5, PoolOptions.Rule.BAND, 3);

    private static VolumeTrainingOptions training(double foreground, Integer... crop) {
        return new VolumeTrainingOptions(0, 2, 40, List.of(crop), foreground, 1);
    }

    private static VolumeAugmentationOptions flips(double probability) {
        return new VolumeAugmentationOptions(List.of(probability, probability, probability), 0, 0, 0);
    }

    private static VolumeCrop cut(LabelledVolume labelled, VolumeFrame frame, VolumeTrainingOptions training) {
        return VolumeCrop.cut(labelled.volume(), labelled.classes(), frame, training.sizes());
    }

    @Property(tries = 40)
    void aCropShowsItsSourceAndPaddingBeyondIt(
            @ForAll @IntRange(min = 4, max = 14) int width,
            @ForAll @IntRange(min = 4, max = 14) int height,
            @ForAll @IntRange(min = 4, max = 14) int depth,
            @ForAll long seed) {
        // given
        LabelledVolume labelled = TinyVolumes.ball("ball", width, height, depth, seed);
        VolumeTrainingOptions training = training(0.5, 8, 6, 10);
        // when
        VolumeFrame frame = VolumeCrop.draw(labelled, training, flips(0.5), new Random(seed));
        VolumeCrop crop = cut(labelled, frame, training);
        // then
        Volume volume = labelled.volume();
        int seen = 0;
        for (int i = 0; i < crop.values().length; i++) {
            int x = frame.start()[0] + frame.step()[0] * (i % 8);
            int y = frame.start()[1] + frame.step()[1] * (i / 8 % 6);
            int z = frame.start()[2] + frame.step()[2] * (i / 48);
            boolean inside = x >= 0 && x < width && y >= 0 && y < height && z >= 0 && z < depth;
            assertEquals(inside ? volume.at(x, y, z) : 0, crop.values()[i]);
            assertEquals(inside ? labelled.classes()[(z * height + y) * width + x] : 0, crop.classes()[i]);
            seen += inside ? 1 : 0;
        }
        assertEquals(Math.min(8, width) * Math.min(6, height) * Math.min(10, depth), seen, "as much as there is");
    }

    @Test
    void aForegroundCropShowsForegroundAndOthersLieAnywhere() {
        // given a small ball in a large volume
        LabelledVolume labelled = TinyVolumes.ball("ball", 60, 12, 12, 4);
        int without = 0;
        for (int seed = 0; seed < 200; seed++) {
            VolumeTrainingOptions always = training(1, 8, 8, 8);
            VolumeTrainingOptions never = training(0, 8, 8, 8);
            // when
            VolumeCrop around = cut(labelled, VolumeCrop.draw(labelled, always, flips(0.5), new Random(seed)), always);
            VolumeCrop anywhere = cut(labelled, VolumeCrop.draw(labelled, never, flips(0.5), new Random(seed)), never);
            // then
            assertTrue(showsForeground(around), "seed " + seed);
            without += showsForeground(anywhere) ? 0 : 1;
        }
        assertTrue(without > 80, without + " of 200 crops anywhere show no foreground");
    }

    private static boolean showsForeground(VolumeCrop crop) {
        for (byte c : crop.classes()) {
            if (c != 0) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 40)
    void pointsMoveWithTheirVoxels(@ForAll long seed) {
        // given
        LabelledVolume labelled = TinyVolumes.ball("ball", 20, 14, 12, seed);
        SampledPoints pool = PointSampler.sample("ball", labelled.classes(), 2, POOL, seed, 20, 14, 12);
        VolumeTrainingOptions training = training(0.5, 10, 16, 8);
        VolumeFrame frame = VolumeCrop.draw(labelled, training, flips(0.5), new Random(seed));
        VolumeCrop crop = cut(labelled, frame, training);
        // when
        SampledPoints inside = crop.points(pool);
        // then every point lies in a voxel of its class
        for (int c = 0; c < inside.classes(); c++) {
            for (int i = inside.start()[c]; i < inside.start()[c + 1]; i++) {
                int x = nearest(inside.places()[0][i]);
                int y = nearest(inside.places()[1][i]);
                int z = nearest(inside.places()[2][i]);
                boolean between = between(inside, i);
                assertTrue(between || crop.classes()[(z * 16 + y) * 10 + x] == c, "point " + i);
            }
        }
    }

    private static int nearest(float place) {
        return (int) Math.floor(place + 0.5f);
    }

    /** Whether a point lies halfway between two voxels, which a mirror exchanges. */
    private static boolean between(SampledPoints points, int i) {
        for (float[] axis : points.places()) {
            if (Math.abs(axis[i] - Math.floor(axis[i]) - 0.5) < 1e-4) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aCropWithoutSampledPointsGivesItsVoxels() {
        // given one point in a corner and a crop in the other
        LabelledVolume labelled = TinyVolumes.ball("ball", 20, 20, 20, 3);
        SampledPoints one = new SampledPoints(new float[][] {{0}, {0}, {0}}, new int[] {0, 1, 1, 1});
        VolumeFrame frame = new VolumeFrame(new int[] {8, 8, 8}, new int[] {1, 1, 1}, new int[] {20, 20, 20});
        VolumeCrop crop = VolumeCrop.cut(labelled.volume(), labelled.classes(), frame, new int[] {4, 4, 4});
        // when
        SampledPoints points = crop.points(one);
        // then
        assertEquals(64, points.count());
        for (int c = 0; c < 3; c++) {
            for (int i = points.start()[c]; i < points.start()[c + 1]; i++) {
                int voxel = (int) (points.places()[0][i] + 4 * points.places()[1][i] + 16 * points.places()[2][i]);
                assertEquals(c, crop.classes()[voxel]);
            }
        }
    }

    @Test
    void intensitiesStayInTheirRangeAndChangeOnlyWhereWanted() {
        VolumeFrame frame = new VolumeFrame(new int[3], new int[] {1, 1, 1}, new int[] {2, 1, 1});
        VolumeCrop crop = new VolumeCrop(frame, new int[] {2, 1, 1}, new float[] {0.5f, 1}, new byte[2]);
        VolumeAugmentationOptions always = new VolumeAugmentationOptions(List.of(0.0, 0.0, 0.0), 1, 0.5, 0.3);
        boolean varied = false;
        for (int seed = 0; seed < 50; seed++) {
            float[] values = crop.jittered(always, new Random(seed)).values();
            for (float value : values) {
                assertTrue(value >= 0 && value <= 1, "seed " + seed);
            }
            assertTrue(Math.abs(values[0] - 0.5f) <= 0.25f + 0.3f + 1e-6f);
            varied |= values[0] != 0.5f;
        }
        assertTrue(varied);
        assertFalse(crop.jittered(flips(1), new Random(1)) != crop, "no jitter is wanted");
    }

    @Test
    void pooledPointsAreOfTheirClassAndHalfLieNearTheBoundary() {
        // given
        LabelledVolume labelled = TinyVolumes.ball("ball", 60, 60, 60, 2);
        // when
        SampledPoints pool = PointSampler.sample("ball", labelled.classes(), 2, POOL, 9, 60, 60, 60);
        // then
        assertEquals(300, pool.count(0));
        assertEquals(100, pool.count(1));
        assertEquals(100, pool.count(2));
        int near = 0;
        for (int c = 0; c < 3; c++) {
            for (int i = pool.start()[c]; i < pool.start()[c + 1]; i++) {
                int x = nearest(pool.places()[0][i]);
                int y = nearest(pool.places()[1][i]);
                int z = nearest(pool.places()[2][i]);
                assertEquals(c, labelled.classes()[(z * 60 + y) * 60 + x], "point " + i);
                near += c > 0 && distance(labelled.classes(), c, x, y, z) <= 3 ? 1 : 0;
            }
        }
        assertEquals(100, near, "half of both classes");
    }

    /** To the nearest voxel of another class within 4 voxels, brute force. */
    private static double distance(byte[] classes, int own, int x, int y, int z) {
        double least = Double.POSITIVE_INFINITY;
        for (int dz = -4; dz <= 4; dz++) {
            for (int dy = -4; dy <= 4; dy++) {
                for (int dx = -4; dx <= 4; dx++) {
                    boolean inside = x + dx >= 0 && x + dx < 60 && y + dy >= 0 && y + dy < 60;
                    if (inside && z + dz >= 0 && z + dz < 60) {
                        int voxel = ((z + dz) * 60 + y + dy) * 60 + x + dx;
                        least = classes[voxel] == own ? least : Math.min(least, Math.sqrt(dx * dx + dy * dy + dz * dz));
                    }
                }
            }
        }
        return least;
    }
}
