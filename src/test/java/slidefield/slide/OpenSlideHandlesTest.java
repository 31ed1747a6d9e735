package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;

import com.sun.jna.Pointer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.io.InputException;

/**
 * OpenSlide's handles, counted at its own functions: it opens the file anew for every read, so that one that was never
 * freed is memory lost and no open file.
 */
class OpenSlideHandlesTest {
    @TempDir
    Path folder;

    private final List<Pointer> held = new ArrayList<>();
    private int opened;

    /** The library; told of everything that is opened and closed. */
    private OpenSlideLibrary counting() {
        OpenSlideLibrary library = OpenSlideLibrary.require();
        return (OpenSlideLibrary) Proxy.newProxyInstance(
                OpenSlideLibrary.class.getClassLoader(),
                new Class<?>[] {OpenSlideLibrary.class},
                (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(library, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (method.getName().equals("openslide_open") && result != null) {
                        held.add((Pointer) result);
                        opened++;
                    }
                    if (method.getName().equals("openslide_close")) {
                        assertTrue(held.remove(arguments[0]), "closed what was not open");
                    }
                    return result;
                });
    }

    @Test
    void everyHandleIsClosedOnceHoweverItEnds() {
        needsOpenSlide();
        List<BadFile> rows = new ArrayList<>(BadSlideFiles.pyramids());
        rows.addAll(BadSlideFiles.resolutions());
        int failed = 0;
        for (BadFile row : rows) {
            // given
            Path file = row.write(folder);
            // when
            try (OpenSlideSlide slide = new OpenSlideSlide(counting(), file, OptionalDouble.empty(), Pixels.WHITE)) {
                slide.read(0, 0, 0, Math.min(300, slide.width()), Math.min(200, slide.height()));
                slide.associatedImages();
            } catch (InputException refused) {
                failed++;
            }
            // then
            assertEquals(List.of(), held, row.toString());
        }
        System.out.println(opened + " handles opened and closed, " + failed + " of " + rows.size() + " files refused");
        assertTrue(opened > 30 && failed > 20, opened + " opened, " + failed + " refused");
    }

    @Test
    void aReadThatFindsDamageClosesTheHandleAtOnce() {
        needsOpenSlide();
        // given
        Path file =
                BadFile.refused("", ValidFile.PYRAMID, TiffEdit.scratched(0, 5)).write(folder);
        OpenSlideSlide slide = new OpenSlideSlide(counting(), file, OptionalDouble.empty(), Pixels.WHITE);
        assertEquals(1, held.size());
        // when
        SlideTestData.refused(() -> slide.read(0, 0, 0, 300, 200), "damaged");
        // then
        assertEquals(List.of(), held);
        slide.close();
        SlideTestData.refused(() -> slide.read(0, 0, 0, 1, 1), "damaged");
    }
}
