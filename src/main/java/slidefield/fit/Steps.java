package slidefield.fit;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Field;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** The two training steps' losses on one window (WSI-INR Eq. 4 and 5). What is updated is up to who calls. */
final class Steps {
    private final Engine engine;
    private final Field field;

    Steps(Engine engine, Field field) {
        this.engine = engine;
        this.field = field;
    }

    /**
     * Mean squared error of the painted window; gradients reach whatever is trainable, and where nothing is (a fixed
     * encoding under a frozen network) the loss is all there is.
     *
     * @param update applied while the gradients are valid
     * @return the loss before the update
     */
    double reconstruct(Visit visit, Runnable update) {
        try (Tape tape = engine.record()) {
            Tensor loss =
                    painting(field, latent(tape, visit), tape, visit.subject().plane(), visit.part());
            if (loss.needsGradient()) {
                tape.backward(loss);
                update.run();
            }
            return loss.scalar();
        }
    }

    /**
     * Binary cross entropy plus V-Net's Dice loss of the window's lesion.
     *
     * @param update applied while the gradients are valid
     * @return the loss before the update
     */
    double lesion(Visit visit, Runnable update) {
        try (Tape tape = engine.record()) {
            Tensor loss =
                    marking(field, latent(tape, visit), tape, visit.subject().plane(), visit.part());
            tape.backward(loss);
            update.run();
            return loss.scalar();
        }
    }

    /**
     * Both losses of a window.
     *
     * @param reconstruction mean squared error of the colours
     * @param lesion binary cross entropy plus V-Net's Dice loss
     */
    record Both(double reconstruction, double lesion) {}

    /**
     * The sum of both losses, unweighted; gradients reach whatever is trainable.
     *
     * @param update applied while the gradients are valid
     * @return the losses before the update
     */
    Both both(Visit visit, Runnable update) {
        try (Tape tape = engine.record()) {
            Tensor latent = latent(tape, visit);
            Plane plane = visit.subject().plane();
            Tensor painted = painting(field, latent, tape, plane, visit.part());
            Tensor marked = marking(field, latent, tape, plane, visit.part());
            tape.backward(Arithmetic.add(painted, marked));
            update.run();
            return new Both(painted.scalar(), marked.scalar());
        }
    }

    /** The mean squared error of a window's colours. */
    static Tensor painting(Field field, Tensor latent, Tape tape, Plane plane, Part part) {
        return Losses.mse(field.colours(latent), Targets.rgb(tape, plane, part));
    }

    /** Binary cross entropy plus V-Net's Dice loss of a window's lesion. */
    static Tensor marking(Field field, Tensor latent, Tape tape, Plane plane, Part part) {
        INDArray target = Targets.lesion(tape, plane, part);
        Tensor logits = field.lesionLogits(latent);
        Tensor bce = Losses.bceWithLogits(logits, target);
        return Arithmetic.add(bce, Losses.vNetDice(Activations.sigmoid(logits), target, 1));
    }

    private Tensor latent(Tape tape, Visit visit) {
        Part p = visit.part();
        return field.latent(visit.subject()
                .encoding()
                .encode(tape, visit.subject().plane().window(p.x(), p.y(), p.width(), p.height())));
    }
}
