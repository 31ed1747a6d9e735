/**
 * A slide as a continuous plane: readers (OpenSlide, plain images), regions at any resolution, micrometres per
 * pixel, tissue mask, annotations, a pyramidal TIFF writer and synthetic slides. Knows nothing of networks.
 */
package slidefield.slide;
