package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.field.HashGrid;
import slidefield.field.HashGridOptions;
import slidefield.field.HashLevel;
import slidefield.field.LevelUse;
import slidefield.field.Window;
import slidefield.fit.Part;
import slidefield.fit.SlidePlane;
import slidefield.slide.Slide;
import slidefield.slide.Slides;
import slidefield.slide.Tissue;
import slidefield.slide.View;
import tech.tablesaw.api.Table;

class LevelViewTest {
    private static final int BLUE = 0xff0072B2;
    private static final int VERMILION = 0xffD55E00;
    private static final HashGridOptions GRID = new HashGridOptions(4, 6, 2, 5, 2);

    @TempDir
    Path folder;

    private SlidePlane grey(int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0x808080);
            }
        }
        Path file = folder.resolve("grey.png");
        ImageIO.write(image, "png", file.toFile());
        Slide slide = Slides.open(file, OptionalDouble.of(1));
        return new SlidePlane("grey", View.downsampled(slide, 1), null, Tissue.of(slide));
    }

    @Test
    void cellsAreDrawnWhereTheVerticesLie() throws Exception {
        // given a level of 4 cells across a slide of 280 pixels, pictured twice as large
        SlidePlane plane = grey(280, 140);
        HashLevel level = GRID.plan().get(0);

        BufferedImage image = LevelView.of(plane).cells(level).image();

        assertEquals(560, image.getWidth());
        assertEquals(280, image.getHeight());
        for (int vertex = 1; vertex <= 4; vertex++) {
            int x = (int) Math.round((vertex - 0.5) / 4 * 560);
            assertTrue(near(image, x, 100, BLUE), "no line at " + x);
        }
        assertEquals(0xff808080, image.getRGB(140, 100));
    }

    @Test
    void verticesOfAHashedLevelAreDotsAndAPartIsShownAlone() throws Exception {
        SlidePlane plane = grey(280, 140);
        HashLevel level = GRID.plan().get(3);
        LevelUse.Vertex inside = new LevelUse.Vertex(10, 5);
        double pixel = level.coordinate(10) * 280;
        double row = level.coordinate(5) * 280;

        BufferedImage image = LevelView.of(plane, new Part(40, 20, 56, 28))
                .vertices(level, List.of(inside))
                .image();

        assertTrue(!level.dense());
        assertEquals(VERMILION, image.getRGB((int) ((pixel - 40) * 10), (int) ((row - 20) * 10)));
        assertEquals(0xff808080, image.getRGB(5, 5));
    }

    @Test
    void aPointHasItsFourCorners() throws Exception {
        SlidePlane plane = grey(280, 140);
        HashLevel level = GRID.plan().get(0);

        BufferedImage image = LevelView.of(plane).point(level, 0.5, 0.25).image();

        assertEquals(BLUE, image.getRGB((int) (560 * level.coordinate(2)), (int) (560 * level.coordinate(1))));
        assertEquals(Overlay.PREDICTION.getRGB(), image.getRGB(280, 140));
    }

    @Test
    void aFeatureIsPicturedFromItsLeastToItsGreatest() {
        // given a grid whose first level grows from left to right
        HashGrid grid = HashGrid.create(GRID, DataType.FLOAT, 1);
        HashLevel level = GRID.plan().get(0);
        for (int y = 0; y < level.resolution(); y++) {
            for (int x = 0; x < level.resolution(); x++) {
                grid.table().value().putScalar(level.entry(x, y), 0, x);
            }
        }

        BufferedImage image = LevelView.feature(grid, Window.of(60, 60, 1, 0, 0, 60, 60), 0, 0);

        assertEquals(0xff440154, image.getRGB(0, 30));
        assertEquals(0xffFDE725, image.getRGB(59, 30));
        assertNotEquals(image.getRGB(30, 30), image.getRGB(0, 30));
    }

    @Test
    void thePartAroundAPointStaysInsideTheSlide() throws Exception {
        SlidePlane plane = grey(280, 140);

        assertEquals(new Part(116, 46, 48, 48), LevelView.part(plane, 0.5, 0.25, 48));
        assertEquals(new Part(0, 92, 48, 48), LevelView.part(plane, 0.01, 0.49, 48));
        assertEquals(new Part(40, 0, 200, 140), LevelView.part(plane, 0.5, 0.25, 200));
    }

    @Test
    void theTableHoldsWhatIsCounted() throws Exception {
        SlidePlane plane = grey(280, 140);

        Table table = LevelTable.of(GRID, plane);

        assertEquals(4, table.rowCount());
        assertEquals("dense", table.stringColumn("kind").get(0));
        assertEquals("hashed", table.stringColumn("kind").get(3));
        assertEquals(70, table.doubleColumn("pixels per cell").get(0), 1e-9);
        LevelUse use = LevelUse.of(GRID.plan().get(3), plane.window(0, 0, 280, 140));
        assertEquals(use.vertices(), table.longColumn("vertices").get(3));
        assertEquals(use.collidingShare(), table.doubleColumn("colliding").get(3));
        assertEquals(0.75, LevelTable.byChance(3, 2), 1e-12);
    }

    private static boolean near(BufferedImage image, int x, int y, int color) {
        for (int dx = -1; dx <= 1; dx++) {
            int rgb = image.getRGB(Math.min(image.getWidth() - 1, Math.max(0, x + dx)), y);
            if (Math.abs((rgb >> 16 & 255) - (color >> 16 & 255)) < 60 && Math.abs((rgb & 255) - (color & 255)) < 60) {
                return true;
            }
        }
        return false;
    }
}
