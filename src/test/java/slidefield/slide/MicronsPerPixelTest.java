package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicronsPerPixelTest {
    @Test
    void theMeanOfBothAxesIsTaken() {
        var properties = Map.of("openslide.mpp-x", "0.24", "openslide.mpp-y", "0.26");
        assertEquals(0.25, MicronsPerPixel.of(properties).orElseThrow(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "0", "-0.5", "Infinity", "", "unknown"})
    void whatIsNoPositiveNumberIsMissing(String value) {
        var both = Map.of("openslide.mpp-x", value, "openslide.mpp-y", value);
        var one = Map.of("openslide.mpp-x", value, "openslide.mpp-y", "0.5");
        assertEquals(OptionalDouble.empty(), MicronsPerPixel.of(both));
        assertEquals(OptionalDouble.of(0.5), MicronsPerPixel.of(one));
    }

    @Test
    void resolutionTagsServeWhereOpenSlideIsSilent() {
        assertEquals(0.5, tags("20000", "centimeter").orElseThrow(), 1e-12);
        assertEquals(0.254, tags("100000", "inch").orElseThrow(), 1e-12);
        assertEquals(OptionalDouble.empty(), tags("20000", "none"));
        assertEquals(OptionalDouble.empty(), tags("72", "inch"));
        assertEquals(OptionalDouble.empty(), tags("1e9", "inch"));
        assertEquals(OptionalDouble.empty(), tags("0", "inch"));
    }

    @Test
    void openSlidesOwnPropertyComesFirst() {
        var properties =
                Map.of("openslide.mpp-x", "0.3", "tiff.XResolution", "20000", "tiff.ResolutionUnit", "centimeter");
        assertEquals(0.3, MicronsPerPixel.of(properties).orElseThrow(), 1e-12);
    }

    private static OptionalDouble tags(String resolution, String unit) {
        return MicronsPerPixel.of(
                Map.of("tiff.XResolution", resolution, "tiff.YResolution", resolution, "tiff.ResolutionUnit", unit));
    }
}
