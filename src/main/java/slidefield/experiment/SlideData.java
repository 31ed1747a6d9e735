package slidefield.experiment;

import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OpenedSlide;
import slidefield.io.InputException;

/** The slides of an experiment. */
final class SlideData {
    private SlideData() {}

    /** A slide of the manifest, to be closed; what its reader had to assume goes to the listener. */
    static OpenedSlide open(ExperimentContext<Manifest> context, SlideEntry entry) {
        OpenedSlide slide = OpenedSlide.open(entry, context.manifest().base(), context.data());
        slide.notice().ifPresent(context.listener()::notice);
        return slide;
    }

    /**
     * Opens every slide once, so that what is wrong with the last one does not come out after hours of training.
     *
     * @param scored the splits whose slides have to be annotated and be there; the training split always
     * @throws InputException if one is missing, or has no annotation
     */
    static void require(ExperimentContext<Manifest> context, Split... scored) {
        requireSplit(context, Split.TRAIN);
        for (Split split : scored) {
            requireSplit(context, split);
        }
    }

    private static void requireSplit(ExperimentContext<Manifest> context, Split split) {
        Manifest manifest = context.manifest();
        List<SlideEntry> entries = manifest.split(split);
        if (entries.isEmpty()) {
            throw new InputException(
                    "manifest " + manifest.name() + " has no slide with the split '" + split.word() + "'");
        }
        for (SlideEntry entry : entries) {
            if (entry.annotation() == null) {
                throw new InputException(entry.name() + " (" + split.word()
                        + ") has no annotation; an experiment needs one for every slide, to train and to score");
            }
            OpenedSlide.open(entry, manifest.base(), context.data()).close();
        }
    }
}
