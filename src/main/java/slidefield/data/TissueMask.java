package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The image that says which tissue every place of a slide file is: grey, without loss, its values those of the manifest's
 * {@link TissueClass}es; other values are no class. It covers the whole slide file, whatever its own size.
 *
 * <p>Immutable: thread-safe.
 *
 * @param path relative to the data root
 * @param url where it can be fetched, or null
 * @param bytes the file's size, or null
 * @param sha256 of the file, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TissueMask(String path, String url, Long bytes, String sha256) {
    /** @throws slidefield.io.InputException if a value cannot be used; the message starts with its key */
    public TissueMask {
        path = Rules.relativePath("path", Rules.present("path", path, "the mask's file"));
        Rules.url("url", url);
        Rules.bytes("bytes", bytes);
        sha256 = Rules.sha256("sha256", sha256);
    }
}
