package slidefield.nn;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.util.OptionalLong;

/** What native code holds, as the C library counts it: arrays and the libraries' own structures. */
public final class NativeMemory {
    private static final Glibc GLIBC = load();

    private NativeMemory() {}

    /** glibc 2.33 and later. */
    private interface Glibc extends Library {
        /** As in malloc.h. */
        @FieldOrder({
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost"
        })
        class Mallinfo2 extends Structure implements Structure.ByValue {
            public long arena;
            public long ordblks;
            public long smblks;
            public long hblks;
            public long hblkhd;
            public long usmblks;
            public long fsmblks;
            public long uordblks;
            public long fordblks;
            public long keepcost;
        }

        Mallinfo2 mallinfo2();
    }

    private static Glibc load() {
        try {
            Glibc glibc = Native.load("c", Glibc.class);
            glibc.mallinfo2();
            return glibc;
        } catch (UnsatisfiedLinkError absent) {
            return null;
        }
    }

    /** Bytes that {@code malloc} has handed out and not got back; empty where the C library does not say. */
    public static OptionalLong allocated() {
        if (GLIBC == null) {
            return OptionalLong.empty();
        }
        Glibc.Mallinfo2 info = GLIBC.mallinfo2();
        return OptionalLong.of(info.uordblks + info.hblkhd);
    }
}
