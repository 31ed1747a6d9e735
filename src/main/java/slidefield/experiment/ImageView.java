package slidefield.experiment;

import java.util.List;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.swipe.ImageSet;
import slidefield.swipe.LabelledImage;

/**
 * A column of a table: which images are asked about, and in how many pixels. The images are read once, so that what is
 * wrong with the last one does not come out after hours of training.
 *
 * @param label of the column
 * @param images in their own size
 * @param truths class numbers of each in {@code output x output} pixels
 * @param output pixels along both sides of an answer
 * @param input pixels along both sides of what a network sees; 0 for those that it was trained with
 */
record ImageView(String label, List<LabelledImage> images, List<byte[]> truths, int output, int input) {
    /**
     * The images of the test split.
     *
     * @throws slidefield.io.InputException if one cannot be read
     */
    static ImageView ofTest(ExperimentContext<ImageSetManifest> context, String label, int output, int input) {
        return of(label, context.manifest(), ImageData.splits(context).get(Split.TEST), output, input);
    }

    /**
     * All images of a data set of which nothing is trained on.
     *
     * @throws slidefield.io.InputException if one cannot be read
     */
    static ImageView ofAll(DataSet<ImageSetManifest> set, String label, int output) {
        return of(label, set.manifest(), set.manifest().pairs(set.data()), output, 0);
    }

    private static ImageView of(String label, ImageSetManifest manifest, List<ImagePair> pairs, int output, int input) {
        List<LabelledImage> images =
                pairs.stream().map(pair -> ImageSet.read(pair, manifest)).toList();
        return new ImageView(label, images, truths(images, output), output, input);
    }

    private static List<byte[]> truths(List<LabelledImage> images, int output) {
        return images.stream()
                .map(image -> image.scaled(output, output).classes())
                .toList();
    }

    /** The same images asked otherwise. */
    ImageView in(String other, int pixels, int seen) {
        return new ImageView(other, images, truths(images, pixels), pixels, seen);
    }
}
