package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.swipe.SwipeTestData.refused;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.data.ImagePair;
import slidefield.data.ImagePart;
import slidefield.data.ImageSetManifest;
import slidefield.data.MaskValues;
import slidefield.data.Split;
import slidefield.data.SplitRule;
import slidefield.slide.ImageFile;

class ImageSetTest {
    private static final boolean LONG = System.getProperty("long") != null;
    private static final ImagePart PART = new ImagePart("images/*.png", "masks/*.png");

    @TempDir
    Path folder;

    private void grey(String path, int width, int height, IntUnaryOperator value) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value.applyAsInt(i));
        }
        write(path, image);
    }

    private void write(String path, BufferedImage image) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        assertTrue(ImageIO.write(image, "png", folder.resolve(path).toFile()));
    }

    private ImageSetManifest classes(boolean withoutForeground, String... names) {
        return new ImageSetManifest(
                "set",
                null,
                null,
                null,
                null,
                null,
                List.of(names),
                names.length > 1 ? MaskValues.CLASSES : MaskValues.BLACK_AND_WHITE,
                withoutForeground,
                List.of(PART),
                null,
                new SplitRule(1, 0, 0));
    }

    private LabelledImage only(ImageSetManifest manifest, int width, int height) {
        return ImageSet.read(manifest, DataRoot.of(folder), width, height, 1)
                .of(Split.TRAIN)
                .get(0);
    }

    @Test
    void coloursAndClassesComeAsStored() throws IOException {
        // given an image of two colours, and a mask that JPEG might have blurred a little
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 2, 2, new int[] {0x102030, 0xFF0080, 0x102030, 0}, 0, 2);
        write("images/1.png", image);
        grey("masks/1.png", 2, 2, i -> new int[] {3, 252, 255, 0}[i]);
        // when
        LabelledImage read = only(classes(false, "polyp"), 2, 2);
        // then
        assertArrayEquals(new int[] {0x102030, 0xFF0080, 0x102030, 0}, read.rgb());
        assertArrayEquals(new byte[] {0, 1, 1, 0}, read.classes());
        float[] colours = new float[13];
        read.writeColours(colours, 1);
        assertArrayEquals(new float[] {1, -1, 128 / 127.5f - 1}, Arrays.copyOfRange(colours, 4, 7), 1e-6f);
    }

    @Test
    void classNumbersStayWhatTheyAre() throws IOException {
        grey("images/1.png", 3, 2, i -> 7);
        grey("masks/1.png", 3, 2, i -> i % 3);
        assertArrayEquals(
                new byte[] {0, 1, 2, 0, 1, 2},
                only(classes(false, "a", "b"), 3, 2).classes());
    }

    @Test
    void scalingKeepsTheMeanAndTheNearestClass() throws IOException {
        // given a ramp over 8 columns, foreground in its right half
        grey("images/1.png", 8, 4, i -> 16 * (i % 8));
        grey("masks/1.png", 8, 4, i -> i % 8 >= 4 ? 255 : 0);
        // when
        LabelledImage half = only(classes(false, "a"), 4, 2);
        LabelledImage twice = only(classes(false, "a"), 16, 8);
        // then
        assertArrayEquals(new byte[] {0, 0, 1, 1, 0, 0, 1, 1}, half.classes());
        assertEquals(40, half.rgb()[1] & 0xFF, "between the columns 2 and 3");
        assertEquals(72, half.rgb()[2] & 0xFF);
        assertEquals(4, twice.rgb()[1] & 0xFF, "a quarter of the way from column 0 to 1");
        assertEquals(112, twice.rgb()[15] & 0xFF);
        assertEquals(half.rgb()[0], half.rgb()[4]);
    }

    @Test
    void masksThatAreNoneAreRefused() throws IOException {
        grey("images/1.png", 8, 8, i -> i);
        grey("masks/1.png", 8, 9, i -> 255);
        refused(() -> only(classes(false, "a"), 8, 8), "masks/1.png is 8 x 9", "images/1.png is 8 x 8", "same size");
        grey("masks/1.png", 8, 8, i -> i * 4);
        refused(() -> only(classes(false, "a"), 8, 8), "no black-and-white image", "cut at 127");
        grey("masks/1.png", 8, 8, i -> i % 2);
        refused(() -> only(classes(false, "a"), 8, 8), "no value above 1", "above 127", "values: classes");
        refused(() -> only(classes(true, "a"), 8, 8), "no value above 1");
        grey("masks/1.png", 8, 8, i -> i % 4);
        refused(() -> only(classes(false, "a", "b"), 8, 8), "the value 3", "0 (background) to 2 (b)");
        grey("masks/1.png", 8, 8, i -> 0);
        refused(() -> only(classes(false, "a"), 8, 8), "background only", "withoutForeground: true");
        assertEquals(0, only(classes(true, "a"), 8, 8).classes()[5]);
        BufferedImage red = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        red.setRGB(3, 3, 0xFF0000);
        write("masks/1.png", red);
        refused(() -> only(classes(false, "a"), 8, 8), "has colours, such as (255, 0, 0)");
    }

    @Test
    void filesThatAreNoImagesAreRefused() throws IOException {
        grey("images/1.png", 8, 8, i -> 3 * i);
        grey("masks/1.png", 8, 8, i -> 255 * (i % 2));
        byte[] whole = Files.readAllBytes(folder.resolve("images/1.png"));
        Files.write(folder.resolve("images/1.png"), Arrays.copyOf(whole, whole.length / 2));
        refused(() -> only(classes(false, "a"), 8, 8), "images/1.png", "cannot be read as an image");
        Files.writeString(folder.resolve("images/1.png"), "no image at all");
        refused(() -> only(classes(false, "a"), 8, 8), "images/1.png", "expected PNG, JPEG");
        Files.write(folder.resolve("images/1.png"), whole);
        refused(() -> only(classes(false, "a"), 1, 8), "2 to 8192 pixels a side, found 1 x 8");
        refused(() -> only(classes(false, "a"), 8, 9000), "found 8 x 9000");
    }

    @Test
    void kvasirSessileIsReadAndDealt() {
        // given those of Kvasir-SEG that are known to be of Kvasir-Sessile
        Path kvasir = SwipeTestData.real("kvasir/sessile.txt").getParent();
        ImageSetManifest manifest = SwipeTestData.manifest(
                "sessile.txt",
                new ImagePart("train/images/*.jpg", "train/masks/*.jpg"),
                new ImagePart("validation/images/*.jpg", "validation/masks/*.jpg"));
        // when
        ImageSet set = ImageSet.read(manifest, DataRoot.of(kvasir), 384, 384, 3);
        // then
        assertEquals(
                List.of(8, 3, 3),
                Arrays.stream(Split.values()).map(split -> set.of(split).size()).toList());
        List<String> names = new ArrayList<>();
        for (Split split : Split.values()) {
            for (LabelledImage image : set.of(split)) {
                names.add(image.name());
                assertEquals(384 * 384, image.rgb().length);
                double share = 0;
                for (byte c : image.classes()) {
                    share += c / (384.0 * 384);
                }
                assertTrue(share > 0.002 && share < 0.5, image.name() + ": " + share);
            }
        }
        assertEquals(14, names.stream().distinct().count());
    }

    @Test
    void cvcIsReadInItsOwnSize() {
        // given
        Path cvc = SwipeTestData.real("cvc");
        ImageSetManifest manifest =
                SwipeTestData.manifest(null, new ImagePart("images/*_fram.jpg", "masks/*_mask.jpg"));
        // when
        ImageSet set = ImageSet.read(manifest, DataRoot.of(cvc), 384, 288, 3);
        // then
        assertEquals(
                18,
                Arrays.stream(Split.values()).mapToInt(s -> set.of(s).size()).sum());
        assertEquals(1, set.outputs());
    }

    @Test
    void everyRealMaskIsTakenForOne() {
        // given a few images of both sets, or all
        Path root = SwipeTestData.real("kvasir/sessile.txt").getParent().getParent();
        ImageSetManifest manifest = SwipeTestData.manifest(
                null,
                new ImagePart("kvasir/train/images/*.jpg", "kvasir/train/masks/*.jpg"),
                new ImagePart("kvasir/validation/images/*.jpg", "kvasir/validation/masks/*.jpg"),
                new ImagePart("cvc/images/*_fram.jpg", "cvc/masks/*_mask.jpg"));
        int n = LONG ? 10_000 : 6;
        double most = 0;
        int read = 0;
        for (ImagePair pair :
                manifest.pairs(DataRoot.of(root)).stream().limit(n).toList()) {
            // when / then it is not refused
            LabelledImage image = ImageSet.read(pair, manifest);
            // and what JPEG blurred is little
            BufferedImage mask = ImageFile.read(pair.mask(), 0).orElseThrow();
            int between = 0;
            for (int i = 0; i < image.classes().length; i++) {
                int grey = mask.getRGB(i % image.width(), i / image.width()) & 0xFF;
                between += grey > 32 && grey < 223 ? 1 : 0;
            }
            most = Math.max(most, (double) between / image.classes().length);
            read++;
        }
        System.out.println("masks: " + read + " read, at most " + 100 * most + " % between black and white");
        assertTrue(most < 0.05, "share " + most);
    }
}
