/**
 * SwIPE in three dimensions (Zhang et al. 2023, sections 2 and 3) and the 3-D U-Net that it is compared with: volumes made
 * ready, crops and points of them, the networks, their training and the segmentation of whole volumes. NIfTI files, the
 * decoders of points and the losses are those of {@code slidefield.swipe}.
 *
 * <p>Volumes are N x D x H x W x 1 in [0, 1]: slices along z, lines along y, columns along x, as a NIfTI file holds them.
 * Lists of three numbers are in the order x, y, z. A point lies at fractional voxel indices, voxel centres at whole
 * numbers, so that a coordinate in [-1, 1] is {@code 2 x / (width - 1) - 1}.
 */
package slidefield.swipe.volume;
