package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.data.Split;
import slidefield.nn.Init;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.ImageEmbedding;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.Volume;

/** Networks of a few hundred parameters, volumes with a ball of two classes, and points in them. */
final class TinyVolumes {
    static final VolumeSwipeOptions SWIPE = swipe(8, false, ImageEmbedding.PATCH_EMBEDDINGS, true);

    private TinyVolumes() {}

    static VolumeSwipeOptions swipe(int step, boolean outputLayer, ImageEmbedding embedding, boolean fourier) {
        return new VolumeSwipeOptions(
                2,
                List.of(1, 1, 1, 1),
                List.of(4, 4, 5, 5),
                2,
                3,
                2,
                outputLayer,
                embedding,
                step,
                new DecoderOptions(List.of(5, 4, 4), List.of(5, 3), 0.1, fourier, true, true, true),
                8,
                3,
                2);
    }

    static INDArray crops(DataType type, long seed, int count, int depth, int height, int width) {
        return new Init(type, seed).uniform(0.5, count, depth, height, width, 1).addi(0.5);
    }

    /** Points anywhere in crops of that size. */
    static VolumePoints points(long seed, int crops, int perCrop, int... sizes) {
        Random random = new Random(seed);
        float[][] places = new float[3][crops * perCrop];
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < places[axis].length; i++) {
                places[axis][i] = random.nextFloat() * (sizes[axis] - 1);
            }
        }
        return new VolumePoints(crops, perCrop, places);
    }

    static List<VolumeFrame> frames() {
        return List.of(
                new VolumeFrame(new int[] {10, 20, 3}, new int[] {1, 1, 1}, new int[] {90, 80, 70}),
                new VolumeFrame(new int[] {70, 5, 40}, new int[] {-1, 1, -1}, new int[] {90, 80, 70}));
    }

    /** A bright ball in dark noise: class 1 is its half of small x, class 2 the other. */
    static LabelledVolume ball(String name, int width, int height, int depth, long seed) {
        Random random = new Random(seed);
        double radius = Math.min(width, Math.min(height, depth)) / 3.0;
        double[] centre = {
            radius + random.nextDouble() * (width - 2 * radius),
            radius + random.nextDouble() * (height - 2 * radius),
            radius + random.nextDouble() * (depth - 2 * radius)
        };
        float[] values = new float[width * height * depth];
        byte[] classes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            double x = i % width - centre[0];
            double y = i / width % height - centre[1];
            double z = i / width / height - centre[2];
            boolean inside = x * x + y * y + z * z <= radius * radius;
            classes[i] = (byte) (!inside ? 0 : x < 0 ? 1 : 2);
            values[i] = (inside ? x < 0 ? 500 : 800 : 100) + 50 * random.nextFloat();
        }
        return new LabelledVolume(new Volume(name, width, height, depth, 1, 1, 1, values), classes);
    }

    static VolumeSet set(int training, int validation) {
        List<LabelledVolume> seen = new ArrayList<>();
        List<LabelledVolume> unseen = new ArrayList<>();
        for (int i = 0; i < training; i++) {
            seen.add(ball("seen" + i, 30 + i % 3, 36, 28 + i % 2, 100 + i));
        }
        for (int i = 0; i < validation; i++) {
            unseen.add(ball("unseen" + i, 33, 30, 34, 900 + i));
        }
        return new VolumeSet("balls", List.of("left", "right"), Map.of(Split.TRAIN, seen, Split.VALIDATION, unseen));
    }

    /** 3 epochs of 2 steps, validated after the second and the third. */
    static VolumeSettings settings(String preset) {
        List<String> changes = new ArrayList<>(List.of(
                "seed=5",
                "training.batch=2",
                "training.points=40",
                "training.validateEvery=2",
                "prediction.overlap=0",
                "optimisation.epochs=3",
                "points.background=200",
                "points.perClass=100"));
        changes.addAll(
                preset.startsWith("unet")
                        ? List.of("volume.base=1")
                        : List.of(
                                "volume.stem=2",
                                "volume.planes=[4, 4, 5, 5]",
                                "volume.width=2",
                                "volume.embedding=3",
                                "volume.squeeze=2",
                                "volume.decoder.patchLayers=[5, 4, 4]",
                                "volume.decoder.imageLayers=[5, 3]"));
        return VolumeSettings.preset(preset).with(changes);
    }
}
