package slidefield.data;

import slidefield.io.InputException;

/** A key of a manifest holds something that cannot be used; {@link ManifestYaml} adds the file, line and entry. */
final class BadKeyException extends InputException {
    private final String key;

    BadKeyException(String key, String message) {
        super(key + ": " + message);
        this.key = key;
    }

    /** The key as written in the manifest, relative to its record. */
    String key() {
        return key;
    }
}
