package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * activation((x - mean) / sqrt(variance + epsilon) * weight + bias), per channel (Ioffe and Szegedy 2015, algorithm 1).
 *
 * @param mean C values
 * @param variance C values
 * @param weight C values
 * @param bias C values
 * @param epsilon positive
 * @param relu whether max(., 0) follows
 */
public record ChannelNormalization(
        INDArray mean, INDArray variance, INDArray weight, INDArray bias, double epsilon, boolean relu) {}
