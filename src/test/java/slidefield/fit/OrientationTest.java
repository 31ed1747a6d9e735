package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 123456, 3", "1, 321654, 3", "2, 456123, 3", "3, 654321, 3",
        "4, 142536, 2", "5, 362514, 2", "6, 415263, 2", "7, 635241, 2"
    })
    void aPictureIsTurnedAndMirrored(int code, String expected, int width) {
        // given 1 2 3 above 4 5 6
        float[] picture = {1, 2, 3, 4, 5, 6};
        float[] turned = new float[6];

        new Orientation(code).turn(picture, 1, width, 6 / width, turned);

        float[] digits = new float[6];
        for (int i = 0; i < 6; i++) {
            digits[i] = expected.charAt(i) - '0';
        }
        assertArrayEquals(digits, turned);
    }

    @ParameterizedTest
    @CsvSource({"false, false, 1", "true, false, 4", "false, true, 4", "true, true, 8"})
    void onlyWhatIsAllowedIsDrawn(boolean flips, boolean turns, int kinds) {
        Random random = new Random(5);
        Set<Orientation> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(Orientation.random(flips, turns, random));
        }
        assertEquals(kinds, seen.size());
    }

    @Test
    void quarterTurnsWithoutFlipsMirrorNothing() {
        // given a picture whose corners, read clockwise, are 1 2 3 4
        float[] picture = {1, 2, 4, 3};
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            float[] t = new float[4];
            Orientation.random(false, true, random).turn(picture, 1, 2, 2, t);
            assertEquals(t[0] % 4 + 1, t[1]);
            assertEquals(t[1] % 4 + 1, t[3]);
        }
    }

    @Test
    void thereAreEight() {
        assertThrows(IllegalArgumentException.class, () -> new Orientation(8));
        assertThrows(IllegalArgumentException.class, () -> new Orientation(-1));
    }
}
