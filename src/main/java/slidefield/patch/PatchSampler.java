package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import slidefield.fit.Part;
import slidefield.fit.Plane;
import slidefield.fit.Seeds;
import slidefield.io.InputException;

/**
 * Draws patches from slides: centres inside tissue, a fixed share of them on lesions, every slide that has some as
 * often as another. A patch depends on the seed, the epoch and its number alone, so a resumed run draws what the
 * uninterrupted one would have drawn.
 *
 * <p>Patches of several scales have a common centre, which lies where the pixel edges of all scales meet.
 *
 * <p>Drawing is safe from several threads at once.
 */
public final class PatchSampler {
    private final List<ScaledPlanes> slides;
    private final List<Centres> lesions = new ArrayList<>();
    private final List<Centres> normals = new ArrayList<>();
    private final int size;
    private final double lesionShare;
    private final Augmentation augmentation;
    private final long seed;

    /** The cells of one kind in one slide. */
    private record Centres(int slide, PatchMap map, int[] cells) {}

    /**
     * Looks through slides.
     *
     * @param slides annotated slides at the finest scale
     * @param scales how many times coarser each input of the network is; the first is 1
     * @param patches size of the patches and share of the lesions
     * @param augmentation how they are varied
     * @param seed of every choice
     * @throws InputException if there is no slide, one is not annotated, or none holds tissue
     */
    public static PatchSampler of(
            List<? extends Plane> slides,
            List<Integer> scales,
            PatchOptions patches,
            Augmentation augmentation,
            long seed) {
        return new PatchSampler(
                requireAnnotated(slides).stream()
                        .map(plane -> new ScaledPlanes(plane, scales))
                        .toList(),
                slides.stream().map(PatchMap::of).toList(),
                patches,
                augmentation,
                seed);
    }

    /** From slides that were looked through already. */
    PatchSampler(
            List<ScaledPlanes> slides,
            List<PatchMap> maps,
            PatchOptions patches,
            Augmentation augmentation,
            long seed) {
        this.slides = slides;
        this.size = patches.size();
        this.lesionShare = patches.lesionShare();
        this.augmentation = augmentation;
        this.seed = seed;
        for (int i = 0; i < slides.size(); i++) {
            Part area = slides.get(i).area();
            add(lesions, new Centres(i, maps.get(i), maps.get(i).cells(PatchMap.Kind.LESION, area)));
            add(normals, new Centres(i, maps.get(i), maps.get(i).cells(PatchMap.Kind.NORMAL, area)));
        }
        if (lesions.isEmpty() && normals.isEmpty()) {
            throw new InputException("no tissue found in " + String.join(", ", names()));
        }
    }

    private static void add(List<Centres> kind, Centres centres) {
        if (centres.cells().length > 0) {
            kind.add(centres);
        }
    }

    /** The slides, if there is one and all are annotated. */
    static <P extends Plane> List<P> requireAnnotated(List<P> slides) {
        if (slides.isEmpty()) {
            throw new InputException("no slide to draw patches from; give at least one the split 'train'");
        }
        for (Plane slide : slides) {
            if (!slide.annotated()) {
                throw new InputException(slide.name() + " has no annotation; a patch network needs one for every"
                        + " training and validation slide");
            }
        }
        return slides;
    }

    /** The slides' names, in order. */
    public List<String> names() {
        return slides.stream().map(s -> s.finest().name()).toList();
    }

    /** Whether any patch can have a lesion at its centre. */
    public boolean hasLesions() {
        return !lesions.isEmpty();
    }

    /** Scales of every patch. */
    int scaleCount() {
        return slides.get(0).scaleCount();
    }

    /** Side of every patch in pixels. */
    int size() {
        return size;
    }

    /**
     * Draws patches. Of any first {@code n}, the wanted share is of lesions, up to rounding; where there is no lesion
     * or no normal tissue at all, all are of what there is.
     *
     * @param purpose names what they are for: each purpose has patches of its own
     * @param epoch each epoch has patches of its own
     * @param count how many
     */
    public List<PatchSite> draw(String purpose, int epoch, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> draw(wantsLesion(i), Seeds.random(seed, purpose, epoch, i)))
                .toList();
    }

    /** Spreads the lesions evenly, so that every batch has its share. */
    private boolean wantsLesion(int i) {
        double rounding = 1e-9;
        return Math.floor((i + 1) * lesionShare + rounding) > Math.floor(i * lesionShare + rounding);
    }

    private PatchSite draw(boolean wantsLesion, Random random) {
        boolean lesion = wantsLesion ? !lesions.isEmpty() : normals.isEmpty();
        List<Centres> kind = lesion ? lesions : normals;
        Centres centres = kind.get(random.nextInt(kind.size()));
        int cell = centres.cells()[random.nextInt(centres.cells().length)];
        int lattice = slides.get(centres.slide()).lattice();
        int x = onLattice(centres.map().x(cell, random.nextDouble()), lattice) - size / 2;
        int y = onLattice(centres.map().y(cell, random.nextDouble()), lattice) - size / 2;
        return new PatchSite(
                centres.slide(), x, y, lesion, augmentation.orientation(random), augmentation.colours(random));
    }

    private static int onLattice(double centre, int lattice) {
        return lattice * (int) Math.rint(centre / lattice);
    }

    /**
     * Colours of one patch as the network is shown them.
     *
     * @param site where
     * @param index of the scale
     * @return size x size x 3 in [0, 1], row by row
     */
    public float[] colours(PatchSite site, int index) {
        float[] read = slides.get(site.slide()).colours(index, site.x(), site.y(), size, site.stain());
        return turned(read, site, 3);
    }

    /**
     * Lesion of one patch at the finest scale, laid down as its colours are.
     *
     * @return size x size, 1 where lesion, row by row
     */
    public float[] lesion(PatchSite site) {
        return turned(slides.get(site.slide()).lesion(site.x(), site.y(), size), site, 1);
    }

    private float[] turned(float[] read, PatchSite site, int channels) {
        if (site.orientation().code() == 0) {
            return read;
        }
        float[] turned = new float[read.length];
        site.orientation().turn(read, channels, size, size, turned);
        return turned;
    }
}
