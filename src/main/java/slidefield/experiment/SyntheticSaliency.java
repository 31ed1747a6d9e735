package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.List;
import slidefield.nic.SaliencyMap;
import slidefield.nic.SyntheticMask;
import slidefield.nic.TrainedSlideCnn;
import slidefield.notebook.Grid;
import slidefield.notebook.ImagePictures;
import slidefield.notebook.Maps;
import slidefield.notebook.Overlay;
import slidefield.notebook.SyntheticPictures;
import slidefield.score.Confusion;

/**
 * Where a network looks in a synthetic image.
 *
 * @param test the image
 * @param stride of its grid
 * @param map on the grid
 * @param region that stands out, row-major, 1 inside
 */
record SyntheticSaliency(SyntheticCompression.Test test, int stride, SaliencyMap map, byte[] region) {
    /** Places along both sides of the paper's grids, for which the smoothing is meant. */
    private static final double PAPER = 400;

    /**
     * @param network that looks
     * @param test at which image
     * @param stride of its grid
     * @param ofClass for which class
     */
    static SyntheticSaliency of(TrainedSlideCnn network, SyntheticCompression.Test test, int stride, int ofClass) {
        SaliencyMap map = network.saliency(test.grid(), ofClass);
        double sigma = Math.max(1, SaliencyMap.SIGMA * map.rows() / PAPER);
        return new SyntheticSaliency(test, stride, map, map.region(sigma));
    }

    /**
     * How far the region is a rectangle.
     *
     * @param rectangle {@link SyntheticMask#TILTED} or {@link SyntheticMask#STRAIGHT}
     */
    double jaccard(int rectangle) {
        return new Confusion().add(region, truth(rectangle)).scores().jaccard();
    }

    private byte[] truth(int rectangle) {
        return test.image().mask().places(stride, rectangle);
    }

    /** The image, its mask, the map, and upon the image the outlines of the region and of the tilted rectangle. */
    List<BufferedImage> pictures() {
        BufferedImage image = SyntheticPictures.image(test.image());
        Grid found = ImagePictures.mask(map.columns(), map.rows(), region);
        Grid truth = ImagePictures.mask(map.columns(), map.rows(), truth(SyntheticMask.TILTED));
        return List.of(
                image,
                SyntheticPictures.mask(test.image().mask()),
                Maps.picture(new Grid(map.rows(), map.columns(), map.values())),
                Overlay.on(image).truth(truth).prediction(found).image());
    }
}
