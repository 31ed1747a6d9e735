package slidefield;

import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.fit.Checkpoint;
import slidefield.fit.Resumable;

/** Trains with a checkpoint after every epoch, from the last one if there is one; made to be killed. */
public final class KilledChild {
    private KilledChild() {}

    /** @param args the class of the {@link SmallTraining}, and the folder of its checkpoints */
    public static void main(String[] args) throws ReflectiveOperationException {
        Path folder = Path.of(args[1]);
        SmallTraining small = SmallTraining.of(args[0]);
        Resumable training = small.fresh();
        if (Files.exists(folder.resolve("checkpoint.json"))) {
            Checkpoint.load(folder, training);
        }
        System.out.println("trains");
        System.out.flush();
        small.finish(training, t -> Checkpoint.save(folder, t));
    }
}
