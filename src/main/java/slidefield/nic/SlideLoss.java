package slidefield.nic;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.io.InputException;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Losses;
import slidefield.nn.Tensor;

/** What a network's outputs mean for a task: what is minimised, and what is answered. */
final class SlideLoss {
    private SlideLoss() {}

    /**
     * Binary cross-entropy of one output, cross-entropy of the softmax of several, or the mean squared error.
     *
     * @param task what is predicted
     * @param outputs of the network, N x outputs
     * @param labels N
     * @return a scalar
     */
    static Tensor of(SlideTask task, Tensor outputs, double[] labels) {
        Tensor exact = Arithmetic.cast(outputs, outputs.tape().engine().type());
        if (task != SlideTask.REGRESSION && outputs.size(1) > 1) {
            int[] classes = new int[labels.length];
            for (int i = 0; i < labels.length; i++) {
                classes[i] = (int) labels[i];
            }
            return Losses.crossEntropy(exact, classes);
        }
        float[] wanted = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            wanted[i] = (float) labels[i];
        }
        INDArray target = Targets.array(outputs.tape(), wanted, labels.length, 1);
        return task == SlideTask.REGRESSION ? Losses.mse(exact, target) : Losses.bceWithLogits(exact, target);
    }

    /**
     * @param outputs of the network, N x outputs
     * @return for each of N the probability of every class, or the number
     */
    static double[][] answers(SlideTask task, Tensor outputs) {
        boolean two = task == SlideTask.BINARY && outputs.size(1) == 1;
        Tensor read = outputs;
        if (task != SlideTask.REGRESSION) {
            read = two ? Activations.sigmoid(outputs) : Activations.softmax(outputs);
        }
        int count = (int) outputs.size(0);
        int width = (int) outputs.size(1);
        double[] flat =
                read.value().reshape('c', new long[] {(long) count * width}).toDoubleVector();
        double[][] answers = new double[count][];
        for (int i = 0; i < count; i++) {
            answers[i] =
                    two ? new double[] {1 - flat[i], flat[i]} : Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return answers;
    }

    /**
     * @param grids to learn from, or to check
     * @throws InputException if a label is no class of a network of so many outputs
     */
    static void requireLabels(SlideTask task, int outputs, List<LabelledGrid> grids) {
        int classes = task.classes(outputs);
        for (LabelledGrid grid : grids) {
            double label = grid.label();
            if (task != SlideTask.REGRESSION && !(label >= 0 && label < classes && label == Math.rint(label))) {
                throw new InputException("slide " + grid.name() + " has the label " + label
                        + "; expected a class from 0 to " + (classes - 1) + " for the task " + task);
            }
        }
    }
}
