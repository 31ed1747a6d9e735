package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slidefield.data.ImageSetManifest;
import slidefield.experiment.ImageSizes.Length;
import slidefield.notebook.Charts;
import slidefield.notebook.ImagePictures;
import slidefield.notebook.Montage;
import slidefield.swipe.EncodedImage;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;
import slidefield.swipe.TrainedSwipe;

/** SwIPE, supplement, Figure 3: what multi-stage embedding attention attends to, as pictures and as numbers. */
final class SwipeMea implements ImageExperiment {
    private static final int CELL = 192;
    /** Images in the picture: the first ones by name. */
    private static final int SHOWN = 4;

    @Override
    public String name() {
        return "swipe-mea";
    }

    @Override
    public String title() {
        return "SwIPE, supplement, Figure 3: attention to four scales";
    }

    @Override
    public String claim() {
        return "attention concentrates on lower-level features (w0 and w1) near the border and on higher-level features (w2"
                + " and w3) in the interior of a structure and in high-confidence background. (Pictures only.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        ImageStudy study = ImageStudy.of(given, name(), Set.of());
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        TrainedMethod<?, TrainedSwipe> method = study.swipe(SwipePaper.SWIPE, "mea", Length.MAPS, settings -> settings);
        List<LabelledImage> images = study.test(SwipePaper.DICE).images();
        context.seeds().forEach(method::require);
        AttentionByPlace places = new AttentionByPlace();
        List<String> titles = new ArrayList<>(List.of("truth, prediction"));
        for (int scale = 0; scale < AttentionByPlace.SCALES; scale++) {
            titles.add("w" + scale);
        }
        Montage montage = Montage.of(CELL, titles);
        for (long seed : context.seeds()) {
            context.listener().notice(method.name() + ", seed " + seed);
            TrainedSwipe network = method.train(seed, 0);
            int pixels = network.settings().training().size();
            for (int i = 0; i < images.size(); i++) {
                LabelledImage image = images.get(i).scaled(pixels, pixels);
                try (EncodedImage encoded = network.encode(image)) {
                    SegmentedImage found = network.predict(image);
                    places.add(
                            seed,
                            image,
                            encoded.attention(),
                            encoded.patchRows(),
                            encoded.patchColumns(),
                            found.foreground());
                    if (i < SHOWN && seed == context.seeds().get(0)) {
                        montage.row(image.shortName(), row(image, encoded, found));
                    }
                }
            }
        }
        writer.table("", places.table());
        writer.picture("", montage.image());
        writer.chart(
                "places",
                Charts.bars(
                        "Mean attention, " + context.manifest().name(),
                        "",
                        "weight",
                        titles.subList(1, titles.size()),
                        places.bars()));
        writer.claim(places.claim());
        String numbers =
                "Mean attention of the patches of unseen images (mean ± sd over seeds); the four weights of a patch"
                        + " sum to 1. A patch is at the border where it shows both classes, and background is confident where the"
                        + " mean probability of foreground is at most 0.1. In `" + name() + ".png` (seed "
                        + context.seeds().get(0)
                        + ", the first images by name) each image's four maps share a scale from its least"
                        + " (dark) to its largest weight (yellow); cyan is the truth, yellow the prediction.\n\n"
                        + places.markdown();
        return writer.finish(numbers, study.origin(List.of(method)));
    }

    /** The image with its outlines, then a map for every scale. */
    private static List<BufferedImage> row(LabelledImage image, EncodedImage encoded, SegmentedImage found) {
        List<BufferedImage> row = new ArrayList<>(List.of(ImagePictures.outlined(image, found)));
        row.addAll(ImagePictures.attention(encoded, CELL));
        return row;
    }
}
