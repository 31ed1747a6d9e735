package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import slidefield.io.InputException;

/**
 * A set of whole images (or volumes) with masks, as opposed to the slides of a {@link Manifest}: where it can be got,
 * under which licence, how its files are named, and how they are dealt to the splits. Kept as YAML; unknown keys are
 * refused. The files lie in the data root as its publisher's archive lays them out.
 *
 * @param name of the data set: letters, digits, '.', '_', '-'
 * @param description what it is, a line or two, or null
 * @param source where it can be found, an http(s) address
 * @param download the archive's own address where it needs no registration, or null
 * @param licence as an SPDX identifier where there is one, or what its publisher says of its use
 * @param attribution how to cite it, or null
 * @param classes names of what the masks show besides background, at least one
 * @param values what a mask's pixels say; volumes always hold class numbers
 * @param withoutForeground whether a mask may show nothing but background
 * @param parts where the files lie, at least one
 * @param only a text file relative to the data root: one image a line, as in its path relative to that file's
 *     folder; null for all images
 * @param split how the images are dealt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageSetManifest(
        String name,
        String description,
        String source,
        String download,
        String licence,
        String attribution,
        List<String> classes,
        MaskValues values,
        Boolean withoutForeground,
        List<ImagePart> parts,
        String only,
        SplitRule split) {
    /** @throws InputException if a value cannot be used; the message starts with its key */
    public ImageSetManifest {
        Rules.name("name", Rules.present("name", name, "a name for the data set"));
        Rules.url("source", source);
        Rules.url("download", download);
        if (classes == null || classes.isEmpty() || classes.size() > 127) {
            throw new BadKeyException(
                    "classes",
                    "expected the names of 1 to 127 classes besides background, found "
                            + (classes == null ? "none" : classes.size()));
        }
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i) == null || classes.get(i).isBlank() || classes.indexOf(classes.get(i)) != i) {
                throw new BadKeyException(
                        "classes[" + i + "]", "expected a name of its own, found " + Rules.quoted(classes.get(i)));
            }
        }
        classes = List.copyOf(classes);
        values = values == null ? MaskValues.BLACK_AND_WHITE : values;
        if (values == MaskValues.BLACK_AND_WHITE && classes.size() > 1) {
            throw new BadKeyException(
                    "values", "black-and-white masks show one class, found " + classes.size() + "; use 'classes'");
        }
        withoutForeground = withoutForeground != null && withoutForeground;
        if (parts == null || parts.isEmpty() || parts.stream().anyMatch(part -> part == null)) {
            throw new BadKeyException("parts", "expected at least one {images: a/*.jpg, masks: b/*.jpg}, found none");
        }
        parts = List.copyOf(parts);
        only = only == null ? null : Rules.relativePath("only", only);
        split = split == null ? SplitRule.SWIPE : split;
    }

    /**
     * Reads and checks a manifest.
     *
     * @param file YAML in UTF-8, at most 16 MiB
     * @throws InputException naming file, line, key and what was expected
     */
    public static ImageSetManifest read(Path file) {
        return ManifestYaml.read(file, ImageSetManifest.class, "name, classes and parts");
    }

    /** Writes the manifest as YAML. */
    public void write(Path file) {
        ManifestYaml.write(this, file);
    }

    /** The same set cut to the images of a list, see {@link #only}. */
    public ImageSetManifest withOnly(String list) {
        return new ImageSetManifest(
                name,
                description,
                source,
                download,
                licence,
                attribution,
                classes,
                values,
                withoutForeground,
                parts,
                list,
                split);
    }

    /** The same set dealt otherwise. */
    public ImageSetManifest withSplit(SplitRule other) {
        return new ImageSetManifest(
                name,
                description,
                source,
                download,
                licence,
                attribution,
                classes,
                values,
                withoutForeground,
                parts,
                only,
                other);
    }

    /** Whether any of its images is in a data root. */
    public boolean isIn(DataRoot root) {
        return parts.stream()
                .anyMatch(part -> root.list(part.folder()).stream().anyMatch(path -> part.key(path) != null));
    }

    /**
     * The images that are there, with their masks, sorted by name.
     *
     * @param root the data root
     * @return at least one
     * @throws InputException if there is none, an image has no mask, or a listed image is missing
     */
    public List<ImagePair> pairs(DataRoot root) {
        TreeMap<String, ImagePair> found = new TreeMap<>(Comparator.naturalOrder());
        for (ImagePart part : parts) {
            for (String path : root.list(part.folder())) {
                String key = part.key(path);
                if (key != null) {
                    found.put(path, new ImagePair(path, root.resolve(path), mask(root, part, path, key)));
                }
            }
        }
        List<ImagePair> pairs = only == null ? new ArrayList<>(found.values()) : listed(root, found);
        if (pairs.isEmpty()) {
            throw new InputException("image set " + name + ": no image "
                    + String.join(" or ", parts.stream().map(ImagePart::images).toList()) + " in " + root.root()
                    + where() + "; set " + DataRoot.VARIABLE + " to the folder that holds them");
        }
        return List.copyOf(pairs);
    }

    /**
     * The images that are there, dealt by {@link #split}.
     *
     * @param root the data root
     * @param seed of the splits, where {@link #split} has none
     * @return every image in one of the splits, sorted by name; all three are there, some perhaps empty
     * @throws InputException as {@link #pairs}
     */
    public Map<Split, List<ImagePair>> splits(DataRoot root, long seed) {
        Map<String, ImagePair> byName = new HashMap<>();
        pairs(root).forEach(pair -> byName.put(pair.name(), pair));
        Map<Split, List<ImagePair>> splits = new EnumMap<>(Split.class);
        split.deal(List.copyOf(byName.keySet()), seed)
                .forEach((part, names) ->
                        splits.put(part, names.stream().map(byName::get).toList()));
        return splits;
    }

    private static Path mask(DataRoot root, ImagePart part, String image, String key) {
        return root.existing(part.mask(key))
                .orElseThrow(() -> new InputException("image " + image + " has no mask " + part.mask(key)
                        + "; every image needs one (black where there is nothing)"));
    }

    private List<ImagePair> listed(DataRoot root, TreeMap<String, ImagePair> found) {
        String folder = only.contains("/") ? only.substring(0, only.lastIndexOf('/') + 1) : "";
        Set<String> names = new LinkedHashSet<>();
        try {
            for (String line : Files.readAllLines(root.resolve(only))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    names.add(folder + line.strip());
                }
            }
        } catch (IOException unreadable) {
            throw new InputException("cannot read the list " + only + ": " + unreadable.getMessage(), unreadable);
        }
        List<ImagePair> pairs = new ArrayList<>();
        for (String path : names.stream().sorted().toList()) {
            ImagePair pair = found.get(path);
            if (pair == null) {
                throw new InputException("the list " + only + " names " + Rules.quoted(path) + ", which is no image of "
                        + name + "; expected lines such as " + (found.isEmpty() ? "images/1.jpg" : found.firstKey()));
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private String where() {
        return source == null ? "" : "; get them from " + (download == null ? source : download);
    }
}
