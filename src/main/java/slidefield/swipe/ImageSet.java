package slidefield.swipe;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import slidefield.data.DataRoot;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.slide.ImageFile;

/**
 * The images of a data set in memory, all of one size, dealt to the splits. 196 images of 384 x 384 take 145 MB.
 *
 * @param name of the data set
 * @param classes names of the classes, background not among them
 * @param images of every split, sorted by name; a split may be empty
 */
public record ImageSet(String name, List<String> classes, Map<Split, List<LabelledImage>> images) {
    private static final int LARGEST = 8192;

    /** Copies what it is given. */
    public ImageSet {
        classes = List.copyOf(classes);
        Map<Split, List<LabelledImage>> copy = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            copy.put(split, List.copyOf(images.getOrDefault(split, List.of())));
        }
        images = copy;
    }

    /** The images of one split, sorted by name; may be empty. */
    public List<LabelledImage> of(Split split) {
        return images.get(split);
    }

    /** Logits per point: one for a single class, otherwise one for each class and the background. */
    public int outputs() {
        return classes.size() == 1 ? 1 : classes.size() + 1;
    }

    /**
     * Reads all images of a manifest.
     *
     * @param manifest which, and how they are dealt
     * @param root where they lie
     * @param width pixels that every image is scaled to, stretched where its shape is another (SwIPE: 384)
     * @param height likewise
     * @param seed of the splits
     * @throws InputException naming the first file that cannot be used, and why
     */
    public static ImageSet read(ImageSetManifest manifest, DataRoot root, int width, int height, long seed) {
        if (Math.min(width, height) < 2 || Math.max(width, height) > LARGEST) {
            throw new InputException(
                    "expected images of 2 to " + LARGEST + " pixels a side, found " + width + " x " + height);
        }
        Map<Split, List<ImagePair>> splits = manifest.splits(root, seed);
        requireMemory(
                manifest.name(), splits.values().stream().mapToInt(List::size).sum(), (long) width * height);
        Map<Split, List<LabelledImage>> images = new EnumMap<>(Split.class);
        splits.forEach((split, pairs) -> images.put(
                split,
                pairs.stream()
                        .map(pair -> ImageScaling.scaled(read(pair, manifest), width, height))
                        .toList()));
        return new ImageSet(manifest.name(), manifest.classes(), images);
    }

    private static void requireMemory(String name, long images, long pixels) {
        long needed = 5 * images * pixels;
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        if (needed > left) {
            throw new InputException("image set " + name + ": " + images + " images take " + (needed >> 20)
                    + " MiB and " + (left >> 20) + " MiB are left; give Java more (-Xmx) or choose a smaller size");
        }
    }

    /**
     * Reads one image with its mask in their own size.
     *
     * @param pair the files
     * @param manifest what the mask's values say
     * @throws InputException if a file cannot be read, the mask has another size or is no mask
     */
    public static LabelledImage read(ImagePair pair, ImageSetManifest manifest) {
        BufferedImage image = decoded(pair.image(), "image");
        BufferedImage mask = decoded(pair.mask(), "mask");
        if (image.getWidth() != mask.getWidth() || image.getHeight() != mask.getHeight()) {
            throw new InputException("mask " + pair.mask() + " is " + size(mask) + " but its image " + pair.image()
                    + " is " + size(image) + "; expected the same size");
        }
        requireSize(pair.image(), image);
        byte[] classes = MaskImage.classes(
                pair.mask(), mask, manifest.values(), manifest.classes(), manifest.withoutForeground());
        return new LabelledImage(pair.name(), image.getWidth(), image.getHeight(), colours(image), classes);
    }

    /**
     * Reads one image without a mask, in its own size.
     *
     * @param file PNG, JPEG, TIFF or BMP
     * @return named after the file, all background
     * @throws InputException if it cannot be read
     */
    public static LabelledImage image(Path file) {
        BufferedImage image = decoded(file, "image");
        requireSize(file, image);
        return LabelledImage.unlabelled(stem(file), image.getWidth(), image.getHeight(), colours(image));
    }

    /**
     * Reads one image with its mask, in their own size.
     *
     * @param file PNG, JPEG, TIFF or BMP
     * @param mask as large
     * @param manifest what the mask's values say
     * @return named after the file
     * @throws InputException if a file cannot be read, the mask has another size or is no mask
     */
    public static LabelledImage image(Path file, Path mask, ImageSetManifest manifest) {
        return read(new ImagePair(stem(file), file, mask), manifest);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static void requireSize(Path file, BufferedImage image) {
        if (Math.min(image.getWidth(), image.getHeight()) < 2) {
            throw new InputException("image " + file + " is " + size(image) + "; expected at least 2 pixels a side");
        }
    }

    private static int[] colours(BufferedImage image) {
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xFFFFFF;
        }
        return rgb;
    }

    private static BufferedImage decoded(Path file, String what) {
        return ImageFile.read(file, 0)
                .orElseThrow(() -> new InputException(
                        what + " " + file + " is in no format that can be read here; expected PNG, JPEG, TIFF or BMP"));
    }

    private static String size(BufferedImage image) {
        return image.getWidth() + " x " + image.getHeight() + " pixels";
    }
}
