package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slidefield.fit.YamlOptions;
import slidefield.io.InputException;
import slidefield.nic.SlideCnnSettings;
import slidefield.nic.SlideTask;
import slidefield.nic.SlideTrainingOptions;

/**
 * The settings of networks of compressed slides at every size; seed 0. Below the paper's size patches are half a patch apart,
 * or, for a trial, side by side: synthetic slides of about a thousand pixels have few of them.
 *
 * @param size how much of everything
 * @param changes made last: the group {@value Changes#SLIDES}
 */
record SlideCnnSizes(Size size, Changes changes) {
    private static final YamlOptions<NicSlideOptions> OPTIONS =
            new YamlOptions<>(NicSlideOptions.class, "slides.stride=32");

    /** Changes of {@link NicSlideOptions}; all others are of the network's settings. */
    private static final Set<String> OWN = Set.of("stride", "allOrientations", "labels");

    private static boolean isOwn(String change) {
        return OWN.contains(change.split("=", 2)[0].strip());
    }

    private List<String> changed(boolean own) {
        return changes.of(Changes.SLIDES).stream()
                .filter(change -> isOwn(change) == own)
                .toList();
    }

    /** How slides are compressed. */
    NicSlideOptions options() {
        return OPTIONS.with(new NicSlideOptions(size == Size.NORMAL ? 32 : 0, size != Size.QUICK, ""), changed(true));
    }

    /**
     * @param task BINARY or REGRESSION
     * @param code values of a code
     * @throws InputException if a change is not known, or asks for another task
     */
    SlideCnnSettings of(SlideTask task, int code) {
        String preset = size == Size.PAPER ? "paper" : "teaching";
        List<String> wanted = new ArrayList<>(List.of("slideCnn.code=" + code));
        wanted.addAll(smaller());
        wanted.addAll(changed(false));
        SlideCnnSettings settings = SlideCnnSettings.preset(
                        task == SlideTask.REGRESSION ? preset + "-regression" : preset)
                .with(wanted);
        if (settings.training().task() != task) {
            throw new InputException("--set slides.training.task cannot be changed here: the experiment's is " + task);
        }
        return settings;
    }

    private List<String> smaller() {
        return switch (size) {
            case PAPER -> List.of();
            case NORMAL -> List.of("slideCnn.crop=32", "slideCnn.strides=[2, 2, 2, 2]");
            case QUICK -> List.of(
                    "slideCnn.crop=16", "slideCnn.strides=[2, 2, 2]", "training.epochs=4", "training.batch=8");
        };
    }

    /** For a report. */
    String text(SlideTask task) {
        SlideCnnSettings settings = of(task, 1);
        SlideTrainingOptions training = settings.training();
        NicSlideOptions options = options();
        return "Networks of slides: preset `" + settings.preset() + "`, crops of "
                + settings.slideCnn().crop() + " x " + settings.slideCnn().crop() + " codes, "
                + settings.slideCnn().filters() + " filters, " + training.epochs() + " epochs in batches of "
                + training.batch() + "; slides are compressed "
                + (options.allOrientations() ? "in eight orientations" : "as they lie") + ", "
                + (options.stride() == 0 ? "patches side by side" : "one patch every " + options.stride() + " px")
                + "; an answer is the mean over " + training.crops() + " crops of every orientation";
    }
}
