package slidefield.fit;

import slidefield.field.Encoding;
import slidefield.nn.Adam;
import slidefield.nn.Storage;

/**
 * One slide while it is fitted: its plane, its encoding, that encoding's optimiser and the windows to visit.
 *
 * @param plane colours and lesions
 * @param encoding this slide's own
 * @param optimiser of the encoding; null where the encoding is not trained any more
 * @param cover the windows of an epoch
 */
record Subject(Plane plane, Encoding encoding, Adam optimiser, WindowCover cover) {
    static Subject of(Plane plane, Encoding encoding, double rate, TrainingOptions training) {
        return of(plane, encoding, rate, training, Storage.MEMORY);
    }

    /** The same; the optimiser's moments live in the given storage. */
    static Subject of(Plane plane, Encoding encoding, double rate, TrainingOptions training, Storage storage) {
        return new Subject(
                plane,
                encoding,
                new Adam(encoding.parameters(), training.tableAdam(rate), storage),
                new WindowCover(plane, training.window(), training.minimumTissue()));
    }

    /** A slide whose encoding stays as it is. */
    static Subject frozen(Plane plane, Encoding encoding, TrainingOptions training) {
        return new Subject(plane, encoding, null, new WindowCover(plane, training.window(), training.minimumTissue()));
    }
}
