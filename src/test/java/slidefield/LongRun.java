package slidefield;

/** How often the heavy tests repeat: a few times always, the full count where the system property {@code long} is set. */
public final class LongRun {
    private LongRun() {}

    /** Whether the full counts are asked for ({@code mvn -Dlong}). */
    public static boolean asked() {
        return System.getProperty("long") != null;
    }

    /** The full count, or the small one. */
    public static int count(int full, int small) {
        return asked() ? full : small;
    }
}
