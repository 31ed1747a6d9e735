package slidefield.data;

/** Told how a download goes. */
public interface DownloadListener {
    /** Listens to nothing. */
    DownloadListener NONE = new DownloadListener() {};

    /**
     * Bytes begin to come; again after a failure.
     *
     * @param name the file's name
     * @param from bytes that are there already
     * @param total bytes of the whole file, or -1 where the server does not say
     */
    default void begin(String name, long from, long total) {}

    /**
     * Bytes came.
     *
     * @param bytes how many
     */
    default void received(int bytes) {}

    /** No more bytes come for now: the file is whole, or the connection ended. */
    default void end() {}

    /**
     * Something that a person should know: a pause and why.
     *
     * @param line one line
     */
    default void notice(String line) {}
}
