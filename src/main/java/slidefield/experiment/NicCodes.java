package slidefield.experiment;

import java.nio.file.Path;
import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.fit.OpenedSlide;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.CodeOrigin;
import slidefield.nic.CompressedSlide;
import slidefield.nic.CompressedSlides;
import slidefield.nic.CompressionOptions;
import slidefield.nic.GridOrientation;
import slidefield.nic.PatchEncoder;
import slidefield.nic.SlideCompression;
import slidefield.nic.TissueRule;

/** The compressed slides of an experiment, kept among its runs: {@code runs/codes-ENCODER-SEED/SLIDE}. */
final class NicCodes {
    private final ExperimentContext<Manifest> context;
    private final Runs runs;
    private final NicEncoders encoders;
    private final NicSlideOptions options;

    NicCodes(ExperimentContext<Manifest> context, Runs runs, NicEncoders encoders, NicSlideOptions options) {
        this.context = context;
        this.runs = runs;
        this.encoders = encoders;
        this.options = options;
    }

    /**
     * Compresses what is not there yet.
     *
     * @param encoder its name
     * @param seed of its training
     * @param slides wanted
     * @return the folder of all
     */
    Path of(String encoder, long seed, List<SlideEntry> slides) {
        long own = encoders.isFixed(encoder) ? 0 : seed;
        Path folder = runs.folder("codes-" + NicEncoders.key(encoder), own);
        try (PatchEncoder opened = encoders.open(encoder, seed)) {
            CompressionOptions compression = new CompressionOptions(
                    encoders.mpp(encoder), options.stride() == 0 ? opened.patch() : options.stride(), TissueRule.MASK);
            CodeOrigin origin =
                    new CodeOrigin(opened.name(), opened.identity(), opened.patch(), opened.code(), compression);
            List<SlideEntry> missing = slides.stream()
                    .filter(slide -> !isThere(folder.resolve(slide.name()), origin))
                    .toList();
            if (!missing.isEmpty()) {
                context.listener()
                        .notice("compressing " + missing.size() + " slides with " + encoder + ", seed " + own);
            }
            SlideCompression compressing = new SlideCompression(opened, compression);
            missing.forEach(slide -> compress(compressing, slide, folder.resolve(slide.name())));
        }
        return folder;
    }

    private List<GridOrientation> orientations() {
        return options.allOrientations() ? GridOrientation.all() : List.of(GridOrientation.NONE_0);
    }

    private boolean isThere(Path folder, CodeOrigin origin) {
        if (!CompressedSlides.isOne(folder)) {
            return false;
        }
        try {
            CompressedSlide slide = CompressedSlide.open(folder);
            return CodeOrigin.of(slide).equals(origin) && slide.orientations().containsAll(orientations());
        } catch (InputException notToTheEnd) {
            return false;
        }
    }

    private void compress(SlideCompression compressing, SlideEntry entry, Path folder) {
        try (OpenedSlide slide = OpenedSlide.open(entry, context.manifest().base(), context.data())) {
            compressing.compress(
                    slide.slide(), entry.name(), folder, orientations(), IfExists.RESUME_OR_BEGIN, part -> {});
        }
    }
}
