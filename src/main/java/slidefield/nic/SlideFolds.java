package slidefield.nic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slidefield.data.Manifest;
import slidefield.fit.Seeds;
import slidefield.io.InputException;

/**
 * Slides dealt to partitions of the same size, and each partition in turn held out (Tellez et al. 2019, section 4.1: four
 * partitions, two to learn from, one to validate with, one held out). Of every class each partition has as many as another,
 * up to one; of numbers to predict, any.
 *
 * @param partitions numbers of slides, in ascending order
 */
public record SlideFolds(List<List<Integer>> partitions) {
    /** @throws IllegalArgumentException if there are fewer than three */
    public SlideFolds {
        partitions = partitions.stream().map(List::copyOf).toList();
        if (partitions.size() < 3) {
            throw new IllegalArgumentException(
                    "expected at least 3 partitions (to learn from, to validate with, held out), got "
                            + partitions.size());
        }
    }

    /**
     * What one network is trained and tested with.
     *
     * @param learnt numbers of the slides to learn from
     * @param unseen numbers of those to validate with
     * @param heldOut numbers of those to predict
     */
    public record Fold(List<Integer> learnt, List<Integer> unseen, List<Integer> heldOut) {}

    /**
     * @param slides to be dealt
     * @param task whether labels are classes
     * @param count of partitions, at least 3; the paper's is 4
     * @param seed of the order of the slides
     * @throws InputException if there are fewer slides than partitions
     */
    public static SlideFolds of(List<LabelledGrid> slides, SlideTask task, int count, long seed) {
        if (count < 3 || slides.size() < count) {
            throw new InputException("expected at least 3 partitions and a slide for each, found " + count
                    + " partitions and " + slides.size() + " slides");
        }
        Map<Double, List<Integer>> byClass = new TreeMap<>();
        for (int i = 0; i < slides.size(); i++) {
            double of = task == SlideTask.REGRESSION ? 0 : slides.get(i).label();
            byClass.computeIfAbsent(of, label -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> partitions = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            partitions.add(new ArrayList<>());
        }
        int turn = 0;
        for (Map.Entry<Double, List<Integer>> of : byClass.entrySet()) {
            Collections.shuffle(of.getValue(), Seeds.random(seed, "folds", of.getKey()));
            for (int slide : of.getValue()) {
                partitions.get(turn++ % count).add(slide);
            }
        }
        partitions.forEach(Collections::sort);
        return new SlideFolds(partitions);
    }

    /**
     * The folds of a manifest, in the order of their numbers.
     *
     * @param slides in the order in which they are counted
     * @param manifest names the fold of each
     * @throws InputException if a slide is not in it or has no fold, or there are fewer than three folds
     */
    public static SlideFolds of(List<LabelledGrid> slides, Manifest manifest) {
        Map<Integer, List<Integer>> byFold = new TreeMap<>();
        for (int i = 0; i < slides.size(); i++) {
            Integer fold = manifest.slide(slides.get(i).name()).fold();
            if (fold == null) {
                throw new InputException("slide " + slides.get(i).name()
                        + " has no fold; give it one with fold: in manifest " + manifest.name());
            }
            byFold.computeIfAbsent(fold, number -> new ArrayList<>()).add(i);
        }
        Manifest.requireFolds(manifest.name(), byFold.keySet());
        return new SlideFolds(List.copyOf(byFold.values()));
    }

    /** How many there are. */
    public int count() {
        return partitions.size();
    }

    /**
     * @param number from 0: the partition that is held out; the next one validates, all others are learnt from
     */
    public Fold fold(int number) {
        int validates = (number + 1) % count();
        List<Integer> learnt = new ArrayList<>();
        for (int k = 0; k < count(); k++) {
            if (k != number && k != validates) {
                learnt.addAll(partitions.get(k));
            }
        }
        Collections.sort(learnt);
        return new Fold(List.copyOf(learnt), partitions.get(validates), partitions.get(number));
    }
}
