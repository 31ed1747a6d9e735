package slidefield.data;

import slidefield.io.InputException;

/** One file cannot be had as the manifest describes it; others of the same manifest may. */
public final class NotFetchedException extends InputException {
    NotFetchedException(String message) {
        super(message);
    }
}
