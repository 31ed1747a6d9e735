/**
 * Neural Image Compression (Tellez et al. 2019): a patch of a slide becomes a short code, a slide the grid of its codes, and
 * one small network learns from whole slides in that form. Encoders and how they are trained, published weights, compressed
 * slides on disk, the network of compressed slides with Grad-CAM, and the paper's synthetic images.
 *
 * <p>Patches are N x P x P x 3 (grey ones N x P x P x 1) in [-1, 1]; codes N x C; a compressed slide rows x columns x C,
 * zero where there is no tissue. Reading and writing slides is {@code slidefield.slide}'s, operations and layers that know
 * nothing of slides are {@code slidefield.nn}'s, the paper's tables are {@code slidefield.experiment}'s.
 */
package slidefield.nic;
