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
            INDArray target = Targets.rgb(tape, visit.subject().plane(), visit.part());
            Tensor loss = Losses.mse(field.colours(latent(tape, visit)), target);
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
            INDArray target = Targets.lesion(tape, visit.subject().plane(), visit.part());
            Tensor logits = field.lesionLogits(latent(tape, visit));
            Tensor bce = Losses.bceWithLogits(logits, target);
            Tensor dice = Losses.vNetDice(Activations.sigmoid(logits), target, 1);
            Tensor loss = Arithmetic.add(bce, dice);
            tape.backward(loss);
            update.run();
            return loss.scalar();
        }
    }

    private Tensor latent(Tape tape, Visit visit) {
        Part p = visit.part();
        return field.latent(visit.subject()
                .encoding()
                .encode(tape, visit.subject().plane().window(p.x(), p.y(), p.width(), p.height())));
    }
}
