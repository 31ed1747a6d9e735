package slidefield.nic;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;

/** Whatever bytes an IDX file holds, it is an array or refused. */
class IdxFuzzTest {
    private static final Reader FILES = new Reader("idx", file -> IdxFile.read(file, 3));

    @Provide
    Arbitrary<Spoilt> files() {
        byte[] valid = new byte[16 + 24];
        valid[2] = 8;
        valid[3] = 3;
        valid[7] = 2;
        valid[11] = 3;
        valid[15] = 4;
        return Spoilt.arbitrary(List.of("\u001f\u008b", "\u007f\uffff", "\u0000\u0000\u0008\u0003"), valid);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 5_000, small = 200)
    void anyBytesAreAnArrayOrRefused(@ForAll("files") Spoilt spoilt) {
        FILES.check(spoilt);
    }
}
