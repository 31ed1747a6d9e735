package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.fit.Targets;
import slidefield.nn.Tape;
import slidefield.swipe.BalancedDraw;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.SampledPoints;

/**
 * What one step learns from: a crop of each of some volumes, and points drawn of them.
 *
 * @param crops all of one size
 * @param points of each, as many
 * @param pointClasses the class of each point
 */
record VolumeBatch(List<VolumeCrop> crops, VolumePoints points, int[] pointClasses) {
    /**
     * @param settings how crops are cut and varied, how many points are drawn
     * @param volumes of the step, values in [0, 1]
     * @param pools their points
     * @param seed of this step's choices
     */
    static VolumeBatch of(VolumeSettings settings, List<LabelledVolume> volumes, List<SampledPoints> pools, long seed) {
        List<VolumeCrop> crops = new ArrayList<>();
        int perCrop = settings.training().points();
        int[] classes = new int[volumes.size() * perCrop];
        float[][] places = new float[Axes.COUNT][classes.length];
        int at = 0;
        for (int n = 0; n < volumes.size(); n++) {
            LabelledVolume labelled = volumes.get(n);
            Random random = Seeds.random(seed, "crop", n);
            VolumeFrame frame = VolumeCrop.draw(labelled, settings.training(), settings.augmentation(), random);
            VolumeCrop crop = VolumeCrop.cut(
                    labelled.volume(),
                    labelled.classes(),
                    frame,
                    settings.training().sizes());
            SampledPoints inside = crop.points(pools.get(n));
            int c = 0;
            for (int index : BalancedDraw.of(inside.start(), perCrop, Seeds.random(seed, "drawn", n))) {
                while (index >= inside.start()[c + 1]) {
                    c++;
                }
                for (int axis = 0; axis < places.length; axis++) {
                    places[axis][at] = inside.places()[axis][index];
                }
                classes[at++] = c;
            }
            crops.add(crop.jittered(settings.augmentation(), random));
        }
        return new VolumeBatch(crops, new VolumePoints(volumes.size(), perCrop, places), classes);
    }

    /** Where each crop was cut. */
    List<VolumeFrame> frames() {
        return crops.stream().map(VolumeCrop::frame).toList();
    }

    /** The values, N x D x H x W x 1 in [0, 1]. */
    INDArray values(Tape tape) {
        return values(tape, crops);
    }

    /**
     * @param crops all of one size
     * @return N x D x H x W x 1 in [0, 1]
     */
    static INDArray values(Tape tape, List<VolumeCrop> crops) {
        int[] sizes = crops.get(0).sizes();
        int length = crops.get(0).values().length;
        float[] all = new float[Math.multiplyExact(crops.size(), length)];
        for (int n = 0; n < crops.size(); n++) {
            System.arraycopy(crops.get(n).values(), 0, all, n * length, length);
        }
        return Targets.array(tape, all, crops.size(), sizes[2], sizes[1], sizes[0], 1);
    }

    /** The classes of all voxels, in the order of {@link #values}. */
    byte[] voxelClasses() {
        int length = crops.get(0).classes().length;
        byte[] all = new byte[Math.multiplyExact(crops.size(), length)];
        for (int n = 0; n < crops.size(); n++) {
            System.arraycopy(crops.get(n).classes(), 0, all, n * length, length);
        }
        return all;
    }
}
