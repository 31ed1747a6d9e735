package slidefield.experiment;

import slidefield.data.DataRoot;

/**
 * A data set and where it is.
 *
 * @param <D> the kind of manifest
 * @param manifest which slides or images
 * @param data where the files are
 */
public record DataSet<D>(D manifest, DataRoot data) {}
