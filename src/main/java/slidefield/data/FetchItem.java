package slidefield.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import slidefield.io.InputException;

/**
 * One file that a manifest names: a slide, an annotation, a mask of tissues, or a synthetic slide with its annotation.
 *
 * @param path relative to the data root
 * @param url where it is, or null
 * @param bytes its size, or null
 * @param sha256 or null
 * @param synthetic the entry of a slide that is drawn, else null
 */
public record FetchItem(String path, String url, Long bytes, String sha256, SlideEntry synthetic) {
    /**
     * The files of some of a manifest's slides, each once, in the manifest's order.
     *
     * @param manifest which slides there are
     * @param splits only these; all where empty
     * @param names only these slides; all where empty
     * @throws InputException if a name is not in the manifest, nothing is left, or two slides describe one file
     *     differently
     */
    public static List<FetchItem> of(Manifest manifest, Collection<Split> splits, Collection<String> names) {
        names.forEach(manifest::slide);
        Map<String, FetchItem> items = new LinkedHashMap<>();
        for (SlideEntry slide : manifest.slides()) {
            boolean wanted = (splits.isEmpty() || splits.contains(slide.split()))
                    && (names.isEmpty() || names.contains(slide.name()));
            if (wanted) {
                of(slide).forEach(item -> items.merge(item.path, item, FetchItem::same));
            }
        }
        if (items.isEmpty()) {
            throw new InputException("no slide of manifest " + manifest.name() + " has the split and name asked for;"
                    + " ask for fewer conditions");
        }
        return List.copyOf(items.values());
    }

    private static List<FetchItem> of(SlideEntry slide) {
        if (slide.generate() != null) {
            return List.of(new FetchItem(slide.path(), null, null, null, slide));
        }
        List<FetchItem> files = new ArrayList<>();
        files.add(new FetchItem(slide.path(), slide.url(), slide.bytes(), slide.sha256(), null));
        if (slide.annotation() != null) {
            files.add(new FetchItem(
                    slide.annotation(),
                    slide.annotationUrl(),
                    slide.annotationBytes(),
                    slide.annotationSha256(),
                    null));
        }
        TissueMask mask = slide.tissueMask();
        if (mask != null) {
            files.add(new FetchItem(mask.path(), mask.url(), mask.bytes(), mask.sha256(), null));
        }
        return files;
    }

    /** Several regions may be cut from one file; what is said of it has to agree. */
    private static FetchItem same(FetchItem one, FetchItem other) {
        boolean agree = agree(one.url, other.url)
                && agree(one.bytes, other.bytes)
                && agree(one.sha256, other.sha256)
                && (one.synthetic == null) == (other.synthetic == null);
        if (!agree) {
            throw new InputException("two slides of the manifest describe the file " + one.path
                    + " differently (url, bytes or sha256); correct one");
        }
        return new FetchItem(
                one.path,
                one.url == null ? other.url : one.url,
                one.bytes == null ? other.bytes : one.bytes,
                one.sha256 == null ? other.sha256 : one.sha256,
                one.synthetic);
    }

    private static boolean agree(Object one, Object other) {
        return one == null || other == null || Objects.equals(one, other);
    }
}
