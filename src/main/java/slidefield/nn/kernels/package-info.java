/**
 * Where the arithmetic of networks is done: one interface, {@link slidefield.nn.kernels.Kernels}, on plain arrays
 * (N x H x W x C, row-major), and its implementations. {@link slidefield.nn.kernels.Nd4jKernels} is the readable
 * reference that every faster one is tested against. Nothing here knows of gradients' bookkeeping, of modules or
 * of slides: an implementation gets inputs and the arrays to fill.
 */
package slidefield.nn.kernels;
