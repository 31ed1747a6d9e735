package slidefield.data;

import java.nio.file.Path;

/**
 * An image and its mask.
 *
 * @param name the image's path relative to the data root, unique in its set
 * @param image an existing file
 * @param mask an existing file
 */
public record ImagePair(String name, Path image, Path mask) {}
