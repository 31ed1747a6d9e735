package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import slidefield.data.SyntheticOptions;
import slidefield.io.InputException;
import slidefield.nic.SyntheticMask.Mirror;
import slidefield.nic.SyntheticMask.Placed;

/** The synthetic images: their bits, the rectangles' geometry and the digits in them. */
class SyntheticImageTest {
    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Example
    void theFirstImageHasTheseBits() throws NoSuchAlgorithmException {
        // given / when
        SyntheticImage image = DigitFixture.set(900, 7).training(0);
        // then
        assertEquals("9f300b3c7d8615effc097ed5abe4fe087f2ed564abb62bcfa92df1b4c3a7829d", sha256(image.pixels()));
        assertEquals(
                "630ab5da552bdbe0a59eeb021a66e2d0563f207765775779ed48b628ce965eab",
                sha256(image.mask().pixels()));
    }

    @Example
    void theSizesAreThePapers() {
        SyntheticOptions paper = SyntheticOptions.paper();
        assertEquals(25_920, paper.digits());
        assertEquals(36, paper.shortest());
        assertEquals(1800, paper.longest());
        assertEquals(1620, paper.withSize(900).digits());
        assertEquals(9, paper.withSize(900).shortest());
        assertEquals(450, paper.withSize(900).longest());
    }

    @Example
    void sizesThatCannotBeAreRefused() {
        for (int size : new int[] {0, 81, 3601, 45_009}) {
            String message = assertThrows(
                            InputException.class, () -> SyntheticOptions.paper().withSize(size))
                    .getMessage();
            assertTrue(message.startsWith("size:") && message.contains("found " + size), message);
        }
        assertThrows(InputException.class, () -> new SyntheticOptions(900, 0, 50));
        assertThrows(InputException.class, () -> new SyntheticOptions(900, Double.NaN, 50));
        assertThrows(InputException.class, () -> new SyntheticOptions(900, 0.0124, 50));
        assertThrows(InputException.class, () -> new SyntheticOptions(900, 0.002, 1));
    }

    @Property(tries = 200)
    void theRectanglesLieWhereTheyShould(@ForAll long seed, @ForAll @IntRange(min = 10, max = 60) int patches) {
        // given
        SyntheticOptions options = SyntheticOptions.paper().withSize(9 * patches);
        int size = options.size();
        // when
        SyntheticMask mask = SyntheticMask.draw(options, new Random(seed));
        // then
        for (Placed placed : new Placed[] {mask.tilted(), mask.straight()}) {
            assertTrue(placed.longSide() >= options.shortest() && placed.longSide() < size / 2, placed::toString);
            assertTrue(placed.y() >= 0 && placed.y() + placed.longSide() < size, placed::toString);
        }
        assertTrue(mask.tilted().x() + mask.tilted().longSide() < size / 2, "in the left half");
        assertTrue(mask.straight().x() >= size / 2, "in the right half");
        assertTrue(mask.straight().x() + mask.straight().longSide() < size);
    }

    @Property(tries = 60)
    void theMaskHoldsBothRectanglesBeforeTurning(@ForAll long seed) {
        // given
        SyntheticMask drawn = SyntheticMask.draw(SyntheticOptions.paper().withSize(270), new Random(seed));
        // when
        SyntheticMask mask = new SyntheticMask(270, drawn.tilted(), drawn.falling(), drawn.straight(), 0, Mirror.NONE);
        // then
        Placed tilted = mask.tilted();
        double around = (tilted.longSide() + tilted.shortSide()) / Math.sqrt(2);
        int straight = 0;
        int inTilted = 0;
        for (int y = 0; y < 270; y++) {
            for (int x = 0; x < 270; x++) {
                int value = mask.value(x, y);
                boolean in = x >= mask.straight().x()
                        && x < mask.straight().x() + mask.straight().longSide()
                        && y >= mask.straight().y()
                        && y < mask.straight().y() + mask.straight().longSide() / 2;
                assertEquals(in, value == SyntheticMask.STRAIGHT);
                straight += in ? 1 : 0;
                if (value == SyntheticMask.TILTED) {
                    inTilted++;
                    assertTrue(x >= tilted.x() && x + 0.5 <= tilted.x() + around, "beside its square");
                    assertTrue(y >= tilted.y() && y + 0.5 <= tilted.y() + around, "above or below its square");
                }
            }
        }
        assertEquals(mask.straight().longSide() * mask.straight().shortSide(), straight);
        double area = tilted.longSide() * tilted.shortSide();
        double overhang = 0.07 * tilted.longSide() * 0.07 * tilted.longSide() * 2;
        double border = 2 * (tilted.longSide() + tilted.shortSide()) + 4;
        assertTrue(inTilted <= area + border && inTilted >= area - border - overhang, inTilted + " of " + area);
    }

    @Example
    void aTiltedRectangleRunsAlongItsDiagonal() {
        // given one of 40 x 20 in the square (10, 50) to (52.4, 92.4)
        Placed placed = new Placed(10, 50, 40);
        Placed far = new Placed(200, 10, 4);
        SyntheticMask falling = new SyntheticMask(270, placed, true, far, 0, Mirror.NONE);
        SyntheticMask rising = new SyntheticMask(270, placed, false, far, 0, Mirror.NONE);
        // when / then: the middle, its ends along one diagonal, and as far along the other
        for (SyntheticMask mask : new SyntheticMask[] {falling, rising}) {
            assertEquals(SyntheticMask.TILTED, mask.value(31, 71));
            assertEquals(0, mask.value(11, 51));
            assertEquals(0, mask.value(51, 91));
        }
        assertEquals(SyntheticMask.TILTED, falling.value(18, 58));
        assertEquals(SyntheticMask.TILTED, falling.value(44, 84));
        assertEquals(0, falling.value(44, 58));
        assertEquals(SyntheticMask.TILTED, rising.value(44, 58));
        assertEquals(SyntheticMask.TILTED, rising.value(18, 84));
        assertEquals(0, rising.value(18, 58));
    }

    @Example
    void masksAreTurnedThenMirrored() {
        // given a straight rectangle of 60 x 30 at (200, 20) of 270
        Placed tilted = new Placed(10, 50, 4);
        Placed straight = new Placed(200, 20, 60);
        // when / then: where its upper left pixel and its lower right one go to
        int[][] corners = {{200, 20}, {20, 69}, {69, 249}, {249, 200}};
        for (int turns = 0; turns < 4; turns++) {
            int x = corners[turns][0];
            int y = corners[turns][1];
            SyntheticMask plain = new SyntheticMask(270, tilted, true, straight, turns, Mirror.NONE);
            SyntheticMask sideways = new SyntheticMask(270, tilted, true, straight, turns, Mirror.SIDEWAYS);
            SyntheticMask down = new SyntheticMask(270, tilted, true, straight, turns, Mirror.UPSIDE_DOWN);
            assertEquals(SyntheticMask.STRAIGHT, plain.value(x, y), "turns " + turns);
            int[] outside = {turns == 0 ? -1 : turns == 2 ? 1 : 0, turns == 1 ? 1 : turns == 3 ? -1 : 0};
            assertEquals(0, plain.value(x + outside[0], y + outside[1]), "turns " + turns);
            assertEquals(SyntheticMask.STRAIGHT, sideways.value(269 - x, y));
            assertEquals(SyntheticMask.STRAIGHT, down.value(x, 269 - y));
        }
    }

    @Property(tries = 30)
    void placesOfARectangleAreThePatchesWithTheirMiddleInIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int stride) {
        // given
        SyntheticMask mask = SyntheticMask.draw(SyntheticOptions.paper().withSize(90), new Random(seed));
        byte[] pixels = mask.pixels();
        CodeGrid grid =
                new GreyCompression(new MeanGrey(), stride).compress(new GreyPlane("mask", 90, 90, new byte[90 * 90]));
        // when
        byte[] places = mask.places(stride, SyntheticMask.TILTED);
        // then
        assertEquals(grid.rows() * grid.columns(), places.length);
        for (int i = 0; i < places.length; i++) {
            int x = Math.min(89, i % grid.columns() * stride + 4);
            int y = Math.min(89, i / grid.columns() * stride + 4);
            assertEquals(pixels[y * 90 + x] == SyntheticMask.TILTED ? 1 : 0, places[i], "at " + x + ", " + y);
        }
    }

    /** The simplest encoder. */
    private static final class MeanGrey implements PatchEncoder {
        @Override
        public String name() {
            return "mean grey";
        }

        @Override
        public int patch() {
            return 9;
        }

        @Override
        public int colours() {
            return 1;
        }

        @Override
        public int code() {
            return 1;
        }

        @Override
        public float[] encode(float[] patches) {
            return new float[patches.length / 81];
        }

        @Override
        public void close() {}
    }

    @Property(tries = 40)
    void digitsAreOfTheClassOfTheirRectangle(@ForAll long seed) {
        // given digits whose grey tells their class
        SyntheticImage image = DigitFixture.plainSet(180, seed).training(0);
        int digits = 0;
        // when / then: a pixel all of whose possible digits lie in one rectangle shows the rectangle's class
        for (int y = 0; y < 180; y++) {
            for (int x = 0; x < 180; x++) {
                int value = image.pixels()[y * 180 + x];
                int rectangle = around(image.mask(), x, y);
                if (value != 0 && rectangle > 0) {
                    int of = rectangle == SyntheticMask.TILTED ? image.label() : image.distraction();
                    assertEquals(DigitFixture.grey(of), value, "at " + x + ", " + y);
                }
                digits += value != 0 ? 1 : 0;
            }
        }
        assertTrue(digits > 0, "an image without digits");
        assertNotEquals(image.label(), image.distraction());
    }

    /** The rectangle that all digits which could cover a pixel have their position in; -1 where there is none. */
    private static int around(SyntheticMask mask, int x, int y) {
        int value = mask.value(x, y);
        for (int dy = -4; dy <= 5; dy++) {
            for (int dx = -4; dx <= 5; dx++) {
                int column = Math.min(179, Math.max(0, x + dx));
                int row = Math.min(179, Math.max(0, y + dy));
                if (mask.value(column, row) != value) {
                    return -1;
                }
            }
        }
        return value;
    }

    @Example
    void theBackgroundShowsAllClassesAndLabelsAreEven() {
        // given
        SyntheticSet set = DigitFixture.plainSet(180, 11);
        Set<Integer> greys = new HashSet<>();
        int[] labels = new int[10];
        int[] apart = new int[10];
        // when
        for (int i = 0; i < 500; i++) {
            SyntheticImage image = set.training(i);
            labels[image.label()]++;
            apart[(image.distraction() - image.label() + 10) % 10]++;
            for (byte value : image.pixels()) {
                greys.add((int) value);
            }
        }
        // then
        assertEquals(11, greys.size());
        assertTrue(Arrays.stream(labels).min().orElseThrow() > 25, Arrays.toString(labels));
        assertEquals(0, apart[0], "both classes are one");
        assertEquals(0, apart[9], "the second class is one to eight beyond the first");
        assertTrue(Arrays.stream(apart, 1, 9).min().orElseThrow() > 30, Arrays.toString(apart));
    }

    @Example
    void anImageFollowsFromSeedAndNumberAlone() {
        // given
        SyntheticSet set = DigitFixture.set(180, 5);
        // when
        byte[] third = set.training(3).pixels();
        // then
        assertArrayEquals(third, DigitFixture.set(180, 5).training(3).pixels());
        assertFalse(Arrays.equals(third, set.training(4).pixels()));
        assertFalse(Arrays.equals(third, set.test(3).pixels()));
        assertFalse(Arrays.equals(third, DigitFixture.set(180, 6).training(3).pixels()));
    }

    @Example
    void thePartsAreThePapersAndDisjoint() {
        // given
        int all = SyntheticPart.PAPER;
        // when
        SyntheticPart[] parts = {
            SyntheticPart.encoderTraining(all),
            SyntheticPart.encoderValidation(all),
            SyntheticPart.fold(all, 0),
            SyntheticPart.fold(all, 1),
            SyntheticPart.fold(all, 2),
            SyntheticPart.fold(all, 3)
        };
        // then
        assertArrayEquals(
                new int[] {1750, 750, 5625, 5625, 5625, 5625},
                Arrays.stream(parts).mapToInt(SyntheticPart::count).toArray());
        int next = 0;
        for (SyntheticPart part : parts) {
            assertEquals(next, part.from(), part.name());
            assertFalse(part.test());
            next += part.count();
        }
        assertEquals(all, next);
        assertTrue(SyntheticPart.test(25_000).test());
        assertEquals(56, SyntheticPart.fold(all, 1).first(0.01).count());
        SyntheticSet set = DigitFixture.set(180, 5);
        assertArrayEquals(set.training(1751).pixels(), set.image(parts[1], 1).pixels());
        assertThrows(IllegalArgumentException.class, () -> set.image(parts[1], 750));
        assertThrows(InputException.class, () -> SyntheticPart.encoderTraining(10));
    }
}
