package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Resumable;
import slidefield.nn.Engine;

/** SwIPE on a handful of images with a reddish disc each. */
public final class SmallSwipeTraining implements SmallTraining {
    static final int SIZE = 64;

    private final Engine engine = Engine.preferred();

    /** A network of a few hundred parameters: 3 epochs of 2 steps, validated after the second and the third. */
    static SwipeSettings settings() {
        return SwipeSettings.preset("teaching")
                .with(List.of(
                        "seed=5",
                        "training.size=" + SIZE,
                        "training.batch=2",
                        "training.points=40",
                        "optimisation.epochs=3",
                        "swipe.backbone.stem=2",
                        "swipe.backbone.planes=[4, 4, 5, 5]",
                        "swipe.neck.width=2",
                        "swipe.neck.embedding=3",
                        "swipe.neck.squeeze=2",
                        "swipe.decoder.patchLayers=[5, 4, 4]",
                        "swipe.decoder.imageLayers=[5, 3]"));
    }

    /** A reddish disc on a greenish ground, both speckled. */
    static LabelledImage disc(String name, int size, long seed) {
        LabelledImage discs = SwipeTestData.discs(size, size, 1, seed);
        Random random = new Random(seed + 1);
        int[] rgb = new int[size * size];
        for (int i = 0; i < rgb.length; i++) {
            boolean inside = discs.classes()[i] == 1;
            int red = (inside ? 150 : 70) + random.nextInt(60);
            int green = (inside ? 70 : 130) + random.nextInt(60);
            rgb[i] = red << 16 | green << 8 | random.nextInt(256);
        }
        return new LabelledImage(name, size, size, rgb, discs.classes());
    }

    static ImageSet images(int size, int training, int validation) {
        List<LabelledImage> seen = new ArrayList<>();
        List<LabelledImage> unseen = new ArrayList<>();
        for (int i = 0; i < training; i++) {
            seen.add(disc("seen" + i, size, 100 + i));
        }
        for (int i = 0; i < validation; i++) {
            unseen.add(disc("unseen" + i, size, 900 + i));
        }
        return new ImageSet("discs", List.of("disc"), Map.of(Split.TRAIN, seen, Split.VALIDATION, unseen));
    }

    @Override
    public ImageTrainer<TrainedSwipe> fresh() {
        return SwipeTraining.trainer(engine, settings(), images(SIZE, 3, 2));
    }

    @Override
    public void finish(Resumable training, Consumer<Resumable> afterEpoch) {
        ((ImageTrainer<?>) training).train(FitListener.NONE, afterEpoch::accept);
    }
}
