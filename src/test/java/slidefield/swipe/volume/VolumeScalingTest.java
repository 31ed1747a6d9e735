package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import slidefield.io.InputException;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.Volume;
import slidefield.swipe.volume.VolumeScalingOptions.Rule;

/** Re-spacing, clipping and scaling of volumes. */
class VolumeScalingTest {
    private static final VolumeScalingOptions KEEP = new VolumeScalingOptions(List.of(), Rule.VALUES, -1000, 1000);

    /** Values that grow by 10 along x, by 100 along y and by 1000 along z, from -1100. */
    private static Volume ramp(int width, int height, int depth, double... spacing) {
        float[] values = new float[width * height * depth];
        for (int i = 0; i < values.length; i++) {
            values[i] = -1100 + 10 * (i % width) + 100 * (i / width % height) + 1000 * (i / width / height);
        }
        return new Volume("ramp", width, height, depth, spacing[0], spacing[1], spacing[2], values);
    }

    @Test
    void valuesAreClippedAndBroughtToOne() {
        // given values from -1100 to 1930
        Volume volume = ramp(4, 3, 3, 1, 1, 1);
        // when
        Volume scaled = new VolumeScaling(KEEP).scaled(volume);
        // then
        for (int i = 0; i < scaled.values().length; i++) {
            double value = Math.max(-1000, Math.min(1000, volume.values()[i]));
            assertEquals((value + 1000) / 2000, scaled.values()[i], 1e-6);
        }
        assertEquals(0, scaled.at(0, 0, 0));
        assertEquals(1, scaled.at(3, 2, 2));
    }

    @Test
    void percentilesAreOfTheVolumeItself() {
        // given 0 to 100, in any order, and what each becomes between its 10th and 90th percentile
        float[] values = new float[101];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 37 % 101;
        }
        Volume volume = new Volume("numbers", 101, 1, 1, 1, 1, 1, values);
        VolumeScalingOptions options = new VolumeScalingOptions(List.of(), Rule.PERCENTILES, 10, 90);
        // when
        Volume scaled = new VolumeScaling(options).scaled(volume);
        // then
        for (int i = 0; i < values.length; i++) {
            assertEquals(Math.max(0, Math.min(1, (values[i] - 10) / 80)), scaled.values()[i], 1e-6);
        }
    }

    @Test
    void volumesAreInterpolatedToTheWantedSpacing() {
        // given voxels of 1 x 1 x 3 mm
        Volume volume = ramp(9, 6, 3, 1, 1, 3);
        VolumeScalingOptions options = new VolumeScalingOptions(List.of(1.5, 0.5, 3.0), Rule.VALUES, -5000, 5000);
        VolumeScaling scaling = new VolumeScaling(options);
        // when
        Volume scaled = scaling.scaled(volume);
        // then the same space in other voxels, and the ramp is a ramp
        assertArrayEquals(new int[] {6, 12, 3}, scaling.sizes(volume));
        assertEquals(1.5, scaled.spacingX(), 1e-9);
        assertEquals(0.5, scaled.spacingY(), 1e-9);
        for (int x = 0; x < 6; x++) {
            for (int y = 1; y < 11; y++) {
                double value = -1100 + 10 * (1.5 * x + 0.25) + 100 * (0.5 * y - 0.25) + 1000;
                assertEquals((value + 5000) / 10000, scaled.at(x, y, 1), 1e-5, x + " " + y);
            }
        }
    }

    @Property(tries = 30)
    void classesAreThoseOfTheNearestVoxel(
            @ForAll @IntRange(min = 3, max = 12) int size,
            @ForAll @IntRange(min = 5, max = 30) int tenths,
            @ForAll long seed) {
        // given
        LabelledVolume labelled = TinyVolumes.ball("ball", size, size + 1, size + 2, seed);
        double spacing = tenths / 10.0;
        VolumeScalingOptions options =
                new VolumeScalingOptions(List.of(spacing, spacing, spacing), Rule.VALUES, 0, 1000);
        // when
        LabelledVolume scaled = new VolumeScaling(options).scaled(labelled);
        // then
        Volume volume = scaled.volume();
        for (int i = 0; i < scaled.classes().length; i++) {
            int x = source(i % volume.width(), volume.width(), size);
            int y = source(i / volume.width() % volume.height(), volume.height(), size + 1);
            int z = source(i / volume.width() / volume.height(), volume.depth(), size + 2);
            assertEquals(labelled.classes()[(z * (size + 1) + y) * size + x], scaled.classes()[i]);
        }
    }

    /** The voxel in which the centre of another lies; the later one on a border. */
    private static int source(int place, int from, int in) {
        return (int) Math.floor((place + 0.5) * in / from + 1e-9);
    }

    @Test
    void whatShowsNothingIsRefusedInOneLine() {
        Volume flat = new Volume("flat.nii", 3, 3, 1, 1, 1, 1, new float[9]);
        for (VolumeScalingOptions options : List.of(KEEP, VolumeScalingOptions.resonance())) {
            String message = assertThrows(InputException.class, () -> new VolumeScaling(options).scaled(flat))
                    .getMessage();
            assertTrue(message.contains("flat.nii shows nothing"), message);
            assertEquals(1, message.lines().count());
        }
        VolumeScalingOptions fine = new VolumeScalingOptions(List.of(1e-6, 1e-6, 1e-6), Rule.VALUES, 0, 1);
        String message = assertThrows(InputException.class, () -> new VolumeScaling(fine).sizes(flat))
                .getMessage();
        assertTrue(message.contains("choose a larger scaling.spacing"), message);
    }
}
