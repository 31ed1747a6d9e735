package slidefield.data;

/**
 * Where the images of a folder and their masks lie. Each path has one {@code *}, in the file's name; an image and its
 * mask have the same text in its place: {@code cvc/images/*_fram.jpg} and {@code cvc/masks/*_mask.jpg}.
 *
 * @param images relative to the data root
 * @param masks relative to the data root
 */
public record ImagePart(String images, String masks) {
    /** @throws slidefield.io.InputException if a path cannot be used; names its key */
    public ImagePart {
        images = pattern("images", images);
        masks = pattern("masks", masks);
        if (images.equals(masks)) {
            throw new BadKeyException("masks", "expected other files than the images, found the same path twice");
        }
    }

    private static String pattern(String key, String path) {
        String clean = Rules.relativePath(key, path);
        int star = clean.indexOf('*');
        if (star < 0 || star != clean.lastIndexOf('*') || star < clean.lastIndexOf('/')) {
            throw new BadKeyException(
                    key, "expected one * in the file's name, such as set/images/*.jpg, found " + Rules.quoted(path));
        }
        return clean;
    }

    /** What stands for the {@code *} in an image's path relative to the data root, or null if it is none of this part. */
    String key(String path) {
        int star = images.indexOf('*');
        String before = images.substring(0, star);
        String after = images.substring(star + 1);
        boolean fits = path.length() > before.length() + after.length()
                && path.startsWith(before)
                && path.endsWith(after)
                && path.indexOf('/', star) < 0;
        return fits ? path.substring(star, path.length() - after.length()) : null;
    }

    /** The mask's path for what stands for the {@code *}. */
    String mask(String key) {
        return masks.replace("*", key);
    }

    /** The folder of the images; empty for the data root itself. */
    String folder() {
        int cut = images.lastIndexOf('/');
        return cut < 0 ? "" : images.substring(0, cut);
    }
}
