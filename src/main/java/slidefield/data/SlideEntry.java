package slidefield.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One slide (or one region of a slide) of a manifest. Every component except {@code name}, {@code path} and
 * {@code split} may be null.
 *
 * @param name unique in the manifest; letters, digits, '.', '_', '-'
 * @param path the slide's file, relative to the data root
 * @param mpp micrometres per level-0 pixel, where the file does not say or says it wrong
 * @param region the part of the slide that this entry is, in level-0 pixels
 * @param annotation ASAP XML, GeoJSON or mask image of the whole slide file, relative to the data root
 * @param split what the slide is for
 * @param url where the slide can be fetched
 * @param bytes the slide file's size
 * @param sha256 of the slide file
 * @param licence of this slide where it differs from the manifest's
 * @param annotationUrl where the annotation can be fetched
 * @param annotationBytes the annotation file's size
 * @param annotationSha256 of the annotation file
 * @param seed of a synthetic slide
 * @param normal true where the slide is known to hold no lesion, and so needs no annotation
 * @param generate how a synthetic slide is drawn where its file is missing
 * @param label what the slide as a whole is: the name of a class, or a number
 * @param fold the part of a cross-validation that the slide belongs to, from 0; whole slides of one fold are held out
 *     together
 * @param tissueMask which tissue every place of the slide file is; written {@code tissue_mask}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"name", "path", "mpp", "region", "annotation", "split"})
public record SlideEntry(
        String name,
        String path,
        Double mpp,
        Region region,
        String annotation,
        Split split,
        String url,
        Long bytes,
        String sha256,
        String licence,
        @JsonProperty("annotation_url") String annotationUrl,
        @JsonProperty("annotation_bytes") Long annotationBytes,
        @JsonProperty("annotation_sha256") String annotationSha256,
        Long seed,
        Boolean normal,
        Generate generate,
        String label,
        Integer fold,
        @JsonProperty("tissue_mask") TissueMask tissueMask) {
    /** Folds are fewer than this. */
    private static final int MOST_FOLDS = 100;

    /** @throws slidefield.io.InputException if a value cannot be used; the message starts with its key */
    public SlideEntry {
        Rules.name("name", Rules.present("name", name, "a name for tables and file names"));
        path = Rules.relativePath("path", Rules.present("path", path, "the slide's file"));
        Rules.mpp("mpp", mpp);
        annotation = annotation == null ? null : Rules.relativePath("annotation", annotation);
        Rules.present("split", split, "train, validation or test");
        Rules.url("url", url);
        Rules.bytes("bytes", bytes);
        sha256 = Rules.sha256("sha256", sha256);
        Rules.url("annotation_url", annotationUrl);
        Rules.bytes("annotation_bytes", annotationBytes);
        annotationSha256 = Rules.sha256("annotation_sha256", annotationSha256);
        if (annotation == null) {
            refuseWithoutAnnotation("annotation_url", annotationUrl);
            refuseWithoutAnnotation("annotation_bytes", annotationBytes);
            refuseWithoutAnnotation("annotation_sha256", annotationSha256);
        }
        if (annotation != null && Boolean.TRUE.equals(normal)) {
            throw new BadKeyException("normal", "the slide has an annotation; leave out one of both");
        }
        if (generate != null) {
            checkGenerated(path, mpp, annotation, seed, url, generate, normal);
        }
        if (generate != null && tissueMask != null) {
            throw new BadKeyException(
                    "tissue_mask", "the slide is drawn, and no tissues with it; leave out one of both");
        }
        Rules.label("label", label);
        if (fold != null && (fold < 0 || fold >= MOST_FOLDS)) {
            throw new BadKeyException(
                    "fold", "expected the number of a fold, 0 to " + (MOST_FOLDS - 1) + ", found " + fold);
        }
    }

    /** An entry without the last five parts. */
    SlideEntry(
            String name,
            String path,
            Double mpp,
            Region region,
            String annotation,
            Split split,
            String url,
            Long bytes,
            String sha256,
            String licence,
            String annotationUrl,
            Long annotationBytes,
            String annotationSha256,
            Long seed) {
        this(
                name,
                path,
                mpp,
                region,
                annotation,
                split,
                url,
                bytes,
                sha256,
                licence,
                annotationUrl,
                annotationBytes,
                annotationSha256,
                seed,
                null,
                null,
                null,
                null,
                null);
    }

    private static void checkGenerated(
            String path, Double mpp, String annotation, Long seed, String url, Generate generate, Boolean normal) {
        Rules.present("mpp", mpp, "the pixel size of the slide that is drawn");
        Rules.present("seed", seed, "a whole number that the slide is drawn from");
        Rules.ending("path", path, ".tif");
        if (generate.withoutLesions() != Boolean.TRUE.equals(normal)) {
            throw new BadKeyException(
                    "normal", "a slide drawn without lesions (lesionFraction: 0) is one with normal: true; give both");
        }
        if (!generate.withoutLesions()) {
            Rules.ending(
                    "annotation", Rules.present("annotation", annotation, "where its lesions are written"), ".xml");
        }
        if (url != null) {
            throw new BadKeyException("url", "the slide is drawn, not fetched; leave out one of url and generate");
        }
        generate.options(mpp, seed);
    }

    private static void refuseWithoutAnnotation(String key, Object value) {
        if (value != null) {
            throw new BadKeyException(key, "is given but 'annotation' is not; add the annotation's path");
        }
    }

    /** A whole slide without the optional parts. */
    public static SlideEntry of(String name, String path, String annotation, Split split) {
        return new SlideEntry(
                name, path, null, null, annotation, split, null, null, null, null, null, null, null, null);
    }

    /**
     * A whole slide whose files lie in the manifest's own folder.
     *
     * @param annotation may be null
     * @param bytes of the slide
     * @param sha256 of the slide
     * @param seed of a synthetic slide, or null
     */
    public static SlideEntry beside(
            String name, Path slide, double mpp, Path annotation, Split split, long bytes, String sha256, Long seed) {
        return new SlideEntry(
                name,
                slide.getFileName().toString(),
                mpp,
                null,
                annotation == null ? null : annotation.getFileName().toString(),
                split,
                null,
                bytes,
                sha256,
                null,
                null,
                annotation == null ? null : Verified.size(annotation),
                annotation == null ? null : Verified.sha256(annotation),
                seed);
    }

    /** The pixel size as an optional. */
    @JsonIgnore
    public OptionalDouble pixelSize() {
        return mpp == null ? OptionalDouble.empty() : OptionalDouble.of(mpp);
    }

    /** The region as an optional: empty means the whole slide. */
    @JsonIgnore
    public Optional<Region> crop() {
        return Optional.ofNullable(region);
    }

    /** The same slide for another purpose. */
    public SlideEntry with(Split other) {
        return copy(other, label);
    }

    /** The same slide with another label. */
    public SlideEntry withLabel(String other) {
        return copy(split, other);
    }

    private SlideEntry copy(Split otherSplit, String otherLabel) {
        return new SlideEntry(
                name,
                path,
                mpp,
                region,
                annotation,
                otherSplit,
                url,
                bytes,
                sha256,
                licence,
                annotationUrl,
                annotationBytes,
                annotationSha256,
                seed,
                normal,
                generate,
                otherLabel,
                fold,
                tissueMask);
    }

    /**
     * The label as a number.
     *
     * @throws slidefield.io.InputException if there is no label, or it is no finite number
     */
    public double labelNumber() {
        return Rules.number("label", Rules.present("label", label, "the slide's number"));
    }

    /** Whether the slide is known to hold no lesion. */
    public boolean withoutLesions() {
        return Boolean.TRUE.equals(normal);
    }

    /** Whether both entries show at least one common pixel of one file (same path or same sha256). */
    boolean sharesPixelsWith(SlideEntry other) {
        boolean sameFile = path.equals(other.path) || (sha256 != null && sha256.equals(other.sha256));
        return sameFile && (region == null || other.region == null || region.overlaps(other.region));
    }
}
