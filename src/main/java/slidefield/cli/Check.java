package slidefield.cli;

/**
 * One line of {@code doctor}.
 *
 * @param name what was looked at
 * @param status how it stands
 * @param found what was found
 * @param advice what to do; empty where nothing need be done
 */
record Check(String name, Status status, String found, String advice) {
    enum Status {
        /** There and usable. */
        OK,
        /** Works, but slower or with less. */
        INFO,
        /** Needed and not there. */
        MISSING
    }

    static Check ok(String name, String found) {
        return new Check(name, Status.OK, found, "");
    }

    static Check info(String name, String found, String advice) {
        return new Check(name, Status.INFO, found, advice);
    }

    static Check missing(String name, String found, String advice) {
        return new Check(name, Status.MISSING, found, advice);
    }
}
