/**
 * SwIPE (Zhang et al. 2023): segmentation with implicit patch embeddings. Image sets and volumes as it reads them, the
 * points that it learns from, how images are varied, its losses and its learning rate; the network itself and the
 * baselines of its tables.
 *
 * <p>Images are N x H x W x C in [-1, 1], red first. A point lies at fractional pixel indices (x, y) of its image, pixel
 * centres at whole numbers, so that SwIPE's image coordinate is {@code 2 x / (width - 1) - 1}. Operations and layers that
 * know nothing of points live in {@code slidefield.nn}.
 */
package slidefield.swipe;
