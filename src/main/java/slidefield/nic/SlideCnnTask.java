package slidefield.nic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import slidefield.fit.Orientation;
import slidefield.fit.Phase;
import slidefield.fit.Seeds;
import slidefield.fit.ValidatedTask;
import slidefield.io.InputException;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** A network of compressed slides and what it learns from. Not thread-safe. */
final class SlideCnnTask implements ValidatedTask {
    /** What one mirroring and any number of quarter turns come to: the four mirrored ones of the eight orientations. */
    static final int[] MIRRORED = {1, 2, 4, 7};

    private final Engine engine;
    private final SlideCnnSettings settings;
    private final List<LabelledGrid> learnt;
    private final List<LabelledGrid> unseen;
    private final SlideCnn network;

    /**
     * @param engine arithmetic
     * @param settings all options
     * @param learnt slides to learn from
     * @param unseen slides that the best weights are chosen by
     * @throws InputException if one of them is empty, a slide is in both or twice, or a label does not fit
     */
    SlideCnnTask(Engine engine, SlideCnnSettings settings, List<LabelledGrid> learnt, List<LabelledGrid> unseen) {
        this.engine = engine;
        this.settings = settings;
        this.learnt = List.copyOf(learnt);
        this.unseen = List.copyOf(unseen);
        if (learnt.isEmpty() || unseen.isEmpty()) {
            throw new InputException("expected slides to learn from and others to validate with, found " + learnt.size()
                    + " and " + unseen.size());
        }
        Set<String> names = new HashSet<>();
        for (LabelledGrid grid : all()) {
            if (!names.add(grid.name())) {
                throw new InputException(
                        "slide " + grid.name() + " comes twice; every slide is learnt from or validated with, once");
            }
        }
        SlideLoss.requireLabels(settings.training().task(), settings.slideCnn().outputs(), all());
        network = TrainedSlideCnn.network(engine, settings);
    }

    private List<LabelledGrid> all() {
        List<LabelledGrid> all = new ArrayList<>(learnt);
        all.addAll(unseen);
        return all;
    }

    @Override
    public Module network() {
        return network;
    }

    @Override
    public Phase phase() {
        return Phase.SLIDES;
    }

    @Override
    public List<String> learnt() {
        return learnt.stream().map(LabelledGrid::name).toList();
    }

    @Override
    public List<String> unseen() {
        return unseen.stream().map(LabelledGrid::name).toList();
    }

    /**
     * The classes take turns, so that each comes equally often, whole batches throughout; within a class every slide comes
     * once before one comes again. Numbers to predict have no classes: each slide once.
     */
    @Override
    public List<Integer> order(int batch, Random random) {
        if (settings.training().task() == SlideTask.REGRESSION) {
            return ValidatedTask.super.order(batch, random);
        }
        Map<Double, List<Integer>> byClass = new TreeMap<>();
        for (int i = 0; i < learnt.size(); i++) {
            byClass.computeIfAbsent(learnt.get(i).label(), label -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> classes = new ArrayList<>(byClass.values());
        Collections.shuffle(classes, random);
        int[] dealt = new int[classes.size()];
        int items = (learnt.size() + batch - 1) / batch * batch;
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < items; k++) {
            int turn = k % classes.size();
            List<Integer> deck = classes.get(turn);
            if (dealt[turn] % deck.size() == 0) {
                Collections.shuffle(deck, random);
            }
            order.add(deck.get(dealt[turn]++ % deck.size()));
        }
        return order;
    }

    @Override
    public Tensor loss(Tape tape, List<Integer> items, long seed) {
        SlideTrainingOptions training = settings.training();
        SlideCnnOptions options = settings.slideCnn();
        CropBatch batch = new CropBatch(tape, items.size(), options);
        float[] crop = new float[Math.multiplyExact(options.crop() * options.crop(), options.code())];
        float[] turned = new float[crop.length];
        double[] labels = new double[items.size()];
        Random how = Seeds.random(seed, "orientation");
        Orientation orientation = new Orientation(MIRRORED[how.nextInt(MIRRORED.length)]);
        for (int i = 0; i < labels.length; i++) {
            LabelledGrid slide = learnt.get(items.get(i));
            labels[i] = slide.label();
            Random random = Seeds.random(seed, "crop", i, items.get(i));
            CodePlane grid = slide.grid(random.nextInt(slide.orientations()), options.code());
            GridCrops crops = new GridCrops(slide.name(), grid, options.crop());
            crops.cut(crops.draw(random), crop);
            if (training.augment()) {
                orientation.turn(crop, options.code(), options.crop(), options.crop(), turned);
                batch.put(i, turned);
            } else {
                batch.put(i, crop);
            }
        }
        Tensor loss = SlideLoss.of(training.task(), network.forward(batch.tensor()), labels);
        if (training.l2() == 0) {
            return loss;
        }
        return Arithmetic.add(loss, Arithmetic.scale(Losses.squaredNorm(tape, network.penalised()), training.l2()));
    }

    /** The loss of the crop around the deepest place of a slide as it lies, without the penalty. */
    @Override
    public double check(int item) {
        LabelledGrid slide = unseen.get(item);
        SlideCnnOptions options = settings.slideCnn();
        GridCrops crops = new GridCrops(slide.name(), slide.grid(0, options.code()), options.crop());
        float[] crop = new float[options.crop() * options.crop() * options.code()];
        crops.cut(crops.deepest(), crop);
        try (Tape tape = engine.inference()) {
            CropBatch batch = new CropBatch(tape, 1, options);
            batch.put(0, crop);
            Tensor outputs = network.forward(batch.tensor());
            return SlideLoss.of(settings.training().task(), outputs, new double[] {slide.label()})
                    .scalar();
        }
    }

    /** The network as it is now. */
    TrainedSlideCnn answering() {
        return new TrainedSlideCnn(engine, settings, network);
    }
}
