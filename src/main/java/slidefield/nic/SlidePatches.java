package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import slidefield.fit.Plane;
import slidefield.fit.Seeds;
import slidefield.io.InputException;
import slidefield.nn.kernels.Parallel;
import slidefield.patch.Augmentation;
import slidefield.patch.PatchOptions;
import slidefield.patch.PatchSampler;
import slidefield.patch.PatchSite;

/**
 * Draws the patches that encoders learn from (Tellez et al. 2019, section 4.1.5): uniformly from slides' tissue, every slide as
 * often as another. What is drawn follows from the seed and a patch's number alone.
 *
 * <p>Immutable: safe to use from several threads at once.
 */
public final class SlidePatches {
    /** Share of a patch that has to be tissue. */
    private static final double LEAST_TISSUE = 0.5;

    /** Places that are tried on one slide for one patch. */
    private static final int TRIES = 20_000;

    /** Times that a labelled patch is drawn again because it would reach beyond its slide. */
    private static final int ROUNDS = 100;

    /** Of the pairs of different places, how many are neighbours: the others are of two slides (the paper's share). */
    private static final double NEIGHBOURS = 0.75;

    private static final int COLOURS = 3;

    private final List<Plane> slides;
    private final int side;
    private final long seed;

    /** The left upper corner of a patch. */
    private record Place(int slide, int x, int y) {}

    /**
     * @param slides at the resolution of the patches, at least one
     * @param side P, pixels along both sides of a patch, even
     * @param seed of every choice
     * @throws InputException if there is no slide, or one is smaller than a patch
     */
    public SlidePatches(List<? extends Plane> slides, int side, long seed) {
        if (slides.isEmpty()) {
            throw new InputException("no slide to draw patches from; give at least one the split 'train', and another,"
                    + " or another region, the split 'validation'");
        }
        for (Plane slide : slides) {
            if (slide.width() < side || slide.height() < side) {
                throw new InputException(slide.name() + " is " + slide.width() + " x " + slide.height()
                        + " pixels, smaller than a patch of " + side
                        + "; take a finer base:, a smaller patches.scale or larger regions");
            }
        }
        this.slides = List.copyOf(slides);
        this.side = side;
        this.seed = seed;
    }

    /**
     * Patches of tissue.
     *
     * @param count how many
     * @throws InputException if a slide has no tissue, or the patches do not fit into memory
     */
    public PatchSet unlabelled(int count) {
        requireRoom(count);
        Place[] places = new Place[count];
        Parallel.forEach(count, i -> places[i] = place(Seeds.random(seed, "patch", i)));
        return PatchSet.unlabelled(side, COLOURS, read(List.of(places)));
    }

    /**
     * Pairs of patches, every other one of the same place. Of the others three quarters are neighbours that do not overlap,
     * one quarter is of two slides; where there is one slide, of two places of it that do not overlap.
     *
     * @param count how many pairs
     * @throws InputException as {@link #unlabelled}, or if a slide has room for one patch only
     */
    public PatchPairs pairs(int count) {
        requireRoom(2L * count);
        List<Place> places = new ArrayList<>();
        int[] first = new int[count];
        int[] second = new int[count];
        boolean[] same = new boolean[count];
        for (int i = 0; i < count; i++) {
            Random random = Seeds.random(seed, "pair", i);
            Place one = place(random);
            same[i] = i % 2 == 0;
            first[i] = places.size();
            places.add(one);
            second[i] = same[i] ? first[i] : places.size();
            if (!same[i]) {
                places.add(other(one, random));
            }
        }
        return new PatchPairs(PatchSet.unlabelled(side, COLOURS, read(places)), first, second, same);
    }

    /**
     * Patches inside the slides by what is annotated at their centre, half of them tumour, in turn.
     *
     * @param count how many
     * @return with the classes "normal" and "tumour"
     * @throws InputException if a slide is not annotated, there is no tumour or no normal tissue, or none but at the edges
     */
    public PatchSet tumour(int count) {
        requireRoom(count);
        PatchSampler sampler =
                PatchSampler.of(slides, List.of(1), new PatchOptions(side, 1, 0.5, 1, 0.25), Augmentation.NONE, seed);
        List<PatchSite> sites = inside(sampler, count);
        int[] labels = sites.stream().mapToInt(site -> site.lesion() ? 1 : 0).toArray();
        boolean both = count < 2 || Arrays.stream(labels).distinct().count() == 2;
        if (!sampler.hasLesions() || !both) {
            throw new InputException("patches of both classes are needed, and " + String.join(", ", sampler.names())
                    + " have no " + (sampler.hasLesions() ? "normal tissue" : "lesion")
                    + "; add an annotated slide that has some");
        }
        List<Place> places = sites.stream()
                .map(site -> new Place(site.slide(), site.x(), site.y()))
                .toList();
        return new PatchSet(side, COLOURS, read(places), labels, List.of("normal", "tumour"));
    }

    /** What would reach beyond its slide is drawn again: white there would tell where it was drawn. */
    private List<PatchSite> inside(PatchSampler sampler, int count) {
        PatchSite[] sites = new PatchSite[count];
        int missing = count;
        for (int round = 0; round < ROUNDS && missing > 0; round++) {
            List<PatchSite> drawn = sampler.draw("encoder", round, count);
            for (int i = 0; i < count; i++) {
                if (sites[i] == null && isInside(drawn.get(i))) {
                    sites[i] = drawn.get(i);
                    missing--;
                }
            }
        }
        if (missing > 0) {
            throw new InputException(
                    "no patches of " + side + " pixels around tumour and around normal tissue lie inside "
                            + String.join(", ", sampler.names()) + "; take larger regions or smaller patches");
        }
        return Arrays.asList(sites);
    }

    private boolean isInside(PatchSite site) {
        Plane plane = slides.get(site.slide());
        return Math.min(site.x(), site.y()) >= 0
                && site.x() + side <= plane.width()
                && site.y() + side <= plane.height();
    }

    /**
     * Patches by the tissue at their centre, as many of each class, in turn.
     *
     * @param count how many
     * @param masks of the slides in their order
     * @param classes the names of the classes in the order of the masks' values
     * @throws InputException if a class has no place on any slide, or the patches do not fit into memory
     */
    public PatchSet tissues(int count, List<ClassMask> masks, List<String> classes) {
        if (masks.size() != slides.size()
                || masks.stream().anyMatch(m -> m.values().size() != classes.size())) {
            throw new IllegalArgumentException("a mask of " + classes.size() + " classes for each of " + slides.size()
                    + " slides is expected, found " + masks.size() + " masks");
        }
        requireRoom(count);
        Place[] places = new Place[count];
        int[] labels = new int[count];
        Parallel.forEach(count, i -> {
            labels[i] = i % classes.size();
            places[i] = placeOf(labels[i], masks, classes, Seeds.random(seed, "tissue", i));
        });
        return new PatchSet(side, COLOURS, read(List.of(places)), labels, classes);
    }

    private Place placeOf(int wanted, List<ClassMask> masks, List<String> classes, Random random) {
        for (int i = 0; i < TRIES; i++) {
            int slide = random.nextInt(slides.size());
            Plane plane = slides.get(slide);
            int x = random.nextInt(plane.width() - side + 1);
            int y = random.nextInt(plane.height() - side + 1);
            double across = (x + side / 2.0) / plane.width();
            double down = (y + side / 2.0) / plane.height();
            if (masks.get(slide).at(across, down) == wanted) {
                return new Place(slide, x, y);
            }
        }
        throw new InputException("no " + classes.get(wanted) + " found in " + TRIES + " places of " + slides.size()
                + " slides; leave the class out, or add a slide that has more of it");
    }

    private void requireRoom(long count) {
        long bytes = count * side * side * COLOURS;
        long most = Runtime.getRuntime().maxMemory() / 10 * 7;
        if (bytes > most) {
            throw new InputException(count + " patches of " + side + " pixels take " + (bytes >> 20)
                    + " MB, and the Java heap has room for " + (most >> 20)
                    + " MB; take fewer (patches.training, patches.validation) or raise it with SLIDEFIELD_HEAP");
        }
    }

    private Place place(Random random) {
        return placeOn(random.nextInt(slides.size()), random);
    }

    private Place placeOn(int slide, Random random) {
        Plane plane = slides.get(slide);
        for (int i = 0; i < TRIES; i++) {
            Place place = new Place(
                    slide, random.nextInt(plane.width() - side + 1), random.nextInt(plane.height() - side + 1));
            if (isTissue(place)) {
                return place;
            }
        }
        throw new InputException("no tissue found in " + plane.name() + ": none of " + TRIES + " places for a patch of "
                + side + " pixels is at least half tissue; leave the slide out");
    }

    private boolean isTissue(Place place) {
        return slides.get(place.slide()).tissue(place.x(), place.y(), side, side) >= LEAST_TISSUE;
    }

    /** A place for the other patch of a pair that does not show the same. */
    private Place other(Place one, Random random) {
        if (random.nextDouble() < NEIGHBOURS) {
            int turn = random.nextInt(4);
            for (int i = 0; i < 4; i++) {
                Place next = neighbour(one, turn + i);
                if (next != null) {
                    return next;
                }
            }
        }
        if (slides.size() > 1) {
            return placeOn((one.slide() + 1 + random.nextInt(slides.size() - 1)) % slides.size(), random);
        }
        for (int i = 0; i < TRIES; i++) {
            Place next = placeOn(one.slide(), random);
            if (Math.abs(next.x() - one.x()) >= side || Math.abs(next.y() - one.y()) >= side) {
                return next;
            }
        }
        throw new InputException(slides.get(0).name() + " has no two places for patches of " + side
                + " pixels that do not overlap; add a slide, or take smaller patches");
    }

    /** The patch that shares an edge, or null where that is not tissue. */
    private Place neighbour(Place one, int direction) {
        int[] right = {1, 0, -1, 0};
        int[] down = {0, 1, 0, -1};
        Place next =
                new Place(one.slide(), one.x() + right[direction % 4] * side, one.y() + down[direction % 4] * side);
        Plane plane = slides.get(one.slide());
        boolean inside = Math.min(next.x(), next.y()) >= 0
                && next.x() + side <= plane.width()
                && next.y() + side <= plane.height();
        return inside && isTissue(next) ? next : null;
    }

    private List<byte[]> read(List<Place> places) {
        byte[][] patches = new byte[places.size()][];
        Parallel.forEach(patches.length, i -> {
            Place place = places.get(i);
            float[] values = new float[side * side * COLOURS];
            slides.get(place.slide()).rgb(place.x(), place.y(), side, side, values);
            patches[i] = bytes(values);
        });
        return Arrays.asList(patches);
    }

    private static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, values[i])));
        }
        return bytes;
    }
}
