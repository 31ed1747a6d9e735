package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.slide.PhantomOptions;

class WsiInrDecouplingTest {
    @TempDir
    static Path shared;

    private static Manifest manifest;

    @BeforeAll
    static void draw() {
        Path file = PhantomSet.make(shared, 8, PhantomOptions.defaults().withSize(128, 128), 4, done -> {})
                .manifest();
        manifest = Manifest.read(file);
    }

    private static List<String> fits(Path out, List<String> more) {
        List<String> fitted = new ArrayList<>();
        FitListener counting = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                if (phase == Phase.ITO) {
                    fitted.add(subject);
                }
            }
        };
        List<String> changes = new ArrayList<>(ExperimentsTest.TINY);
        changes.add("sweep.every=2");
        changes.addAll(more);
        ExperimentResult result = new WsiInrDecoupling()
                .run(ExperimentContext.of(manifest, DataRoot.of(shared), out, Size.QUICK)
                        .with(changes)
                        .with(counting));
        assertTrue(result.report().contains(manifest.split(Split.TEST).get(0).name()), result.report());
        return fitted;
    }

    /** Per slide: the figure's three, of which the sweep uses two, all but one level twice, one for what is closed afterwards. */
    @Test
    void levelsClosedAfterAFitShareIt(@TempDir Path out) {
        assertEquals(2 * (3 + 2 + 1), fits(out, List.of()).size());
    }

    @Test
    void theSweepTakesAsManySlidesAsItIsTold(@TempDir Path out) {
        assertEquals(2 * 3 + 2 + 1, fits(out, List.of("sweep.slides=1")).size());
    }
}
