/**
 * Tensors with define-by-run reverse-mode differentiation on ND4J arrays, and what is built from them: modules,
 * losses, optimisers, safetensors files. A {@link slidefield.nn.Tape} records operations and plays them back for
 * gradients; the arithmetic itself is in {@link slidefield.nn.kernels}. Images are N x H x W x C, row-major. Knows
 * nothing of slides; there is no global random state and no global graph.
 */
package slidefield.nn;
