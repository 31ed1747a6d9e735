package slidefield.fit;

import slidefield.io.InputException;

/** The complaint about a slide without any window to fit to. */
final class NoTissue {
    private NoTissue() {}

    static InputException in(Plane plane, TrainingOptions training) {
        return new InputException("no tissue found in " + plane.name() + ": no window of " + training.window()
                + " pixels is at least " + training.minimumTissue()
                + " tissue; if there is some, lower training.minimumTissue (0 takes every window)");
    }
}
