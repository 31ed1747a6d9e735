package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Matrix products of row-major matrices through BLAS, without copies: BLAS wants column-major results, and a
 * row-major matrix is its transpose in column-major order, so every product is asked for transposed.
 */
final class Products implements AutoCloseable {
    private final DataType type;
    private INDArray ones;

    Products(DataType type) {
        this.type = type;
    }

    /** c = a b + beta c, with a: M x K, b: K x N, c: M x N. */
    void multiply(INDArray a, INDArray b, double beta, INDArray c) {
        Nd4j.gemm(b.transpose(), a.transpose(), c.transpose(), false, false, 1, beta);
    }

    /** c = a b^T + beta c, with a: M x N, b: K x N, c: M x K. */
    void multiplyTransposed(INDArray a, INDArray b, double beta, INDArray c) {
        Nd4j.gemm(b.transpose(), a.transpose(), c.transpose(), true, false, 1, beta);
    }

    /** c = a^T b, with a: M x K, b: M x N, c: K x N. */
    void transposedMultiply(INDArray a, INDArray b, INDArray c) {
        Nd4j.gemm(b.transpose(), a.transpose(), c.transpose(), false, true, 1, 0);
    }

    /** sums = the sum of each column of a: M x N, sums: N. */
    void columnSums(INDArray a, INDArray sums) {
        INDArray row = sums.reshape('c', 1, sums.length());
        transposedMultiply(ones(a.rows()).reshape('c', a.rows(), 1), a, row);
    }

    /** The sum of a vector; a product with ones, because BLAS adds in several partial sums. */
    double sum(INDArray x) {
        return dot(x, ones(x.length()));
    }

    double dot(INDArray x, INDArray y) {
        return Nd4j.getBlasWrapper().level1().dot(x.length(), 1, x, y);
    }

    private INDArray ones(long length) {
        if (ones == null || ones.length() < length) {
            close();
            ones = Nd4j.createUninitializedDetached(type, 'c', length);
            ones.assign(1);
        }
        return ones.get(NDArrayIndex.interval(0, length));
    }

    @Override
    public void close() {
        if (ones != null) {
            ones.close();
            ones = null;
        }
    }
}
