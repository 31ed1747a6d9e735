package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.fit.SmallFieldTraining;
import slidefield.nic.SmallEncoderTraining;
import slidefield.patch.SmallPatchTraining;
import slidefield.swipe.SmallSwipeTraining;

/** The same seed gives the same bits after 200 steps and more (SwIPE: 60): SHA-256 of weights and moments. */
class SameBitsTest {
    private static String field;
    private static String patch;
    private static String swipe;
    private static String encoder;

    @TempDir
    Path folder;

    @BeforeAll
    static void once() {
        field = SameBitsChild.digest(new SmallFieldTraining());
        patch = SameBitsChild.digest(new SmallPatchTraining());
        swipe = SameBitsChild.digest(new SmallSwipeTraining());
        encoder = SameBitsChild.digest(new SmallEncoderTraining());
    }

    @Test
    void inASecondRunOfPatches() {
        assertNotEquals(field, patch);
        assertEquals(patch, SameBitsChild.digest(new SmallPatchTraining()));
    }

    @Test
    void inASecondRunOfSwipe() {
        assertNotEquals(patch, swipe);
        assertEquals(swipe, SameBitsChild.digest(new SmallSwipeTraining()));
    }

    @Test
    void inASecondRunOfAnEncoder() {
        assertNotEquals(swipe, encoder);
        assertEquals(encoder, SameBitsChild.digest(new SmallEncoderTraining()));
    }

    @Test
    void onANewerJdk() throws Exception {
        // given
        Optional<Path> other = ChildJvm.newerJdk();
        Assumptions.assumeTrue(other.isPresent(), "no newer JDK under /usr/lib/jvm");
        Path errors = folder.resolve("err.txt");
        // when
        Process child = ChildJvm.start(
                other.get(),
                SameBitsChild.class,
                errors,
                SmallFieldTraining.class.getName(),
                SmallPatchTraining.class.getName(),
                SmallSwipeTraining.class.getName(),
                SmallEncoderTraining.class.getName());
        List<String> said;
        try (var output = ChildJvm.output(child)) {
            said = output.lines().toList();
        }
        // then
        assertEquals(0, child.waitFor(), Files.readString(errors));
        System.out.println(other.get() + " beside " + Runtime.version() + ": " + said);
        assertEquals(List.of(field, patch, swipe, encoder), said);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void inASecondRunOfAFieldWithAnyNumberOfThreadsForTheHashGrid(int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            assertEquals(
                    field,
                    pool.submit(() -> SameBitsChild.digest(new SmallFieldTraining()))
                            .get());
        } finally {
            pool.shutdown();
        }
    }
}
