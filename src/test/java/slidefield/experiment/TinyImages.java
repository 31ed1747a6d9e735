package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.cli.OvalImages;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;

/** Five images with an oval each, and networks of a few hundred parameters that learn from them for a step or two. */
final class TinyImages {
    private static final List<String> ALL = List.of(
            "images.training.size=64",
            "images.training.iterations=2",
            "images.training.batch=2",
            "images.training.points=20",
            "swipe.swipe.backbone.stem=2",
            "swipe.swipe.backbone.planes=[4, 4, 5, 5]",
            "swipe.swipe.neck.width=2",
            "swipe.swipe.neck.embedding=4",
            "swipe.swipe.neck.squeeze=2",
            "swipe.swipe.decoder.patchLayers=[5, 4, 4]",
            "swipe.swipe.decoder.imageLayers=[5, 3]",
            "unet.rival.base=2",
            "unet.rival.levels=2",
            "pranet.rival.backbone.stem=2",
            "pranet.rival.backbone.planes=[4, 4, 5, 5]",
            "pranet.rival.channels=2",
            "pranet.rival.deep=3",
            "pranet.rival.shallow=2",
            "res2unet.rival.backbone.stem=2",
            "res2unet.rival.backbone.planes=[4, 4, 5, 5]",
            "res2unet.rival.widths=[4, 3, 3, 2]",
            "res2unet.rival.head=2",
            "ossnet.rival.channels=[2, 2, 2, 2, 2]",
            "ossnet.rival.grid=2",
            "ossnet.rival.width=4",
            "ossnet.rival.blocks=2",
            "iosnet.rival.backbone.stem=2",
            "iosnet.rival.backbone.planes=[4, 4, 5, 5]",
            "iosnet.rival.layers=[4]");

    private TinyImages() {}

    /** Those changes that an experiment has a use for. */
    static List<String> changes(String experiment) {
        List<String> groups = new ArrayList<>(List.of("images.", "swipe."));
        if (experiment.equals("swipe-table1")) {
            groups.addAll(List.of("unet.", "pranet.", "res2unet.", "ossnet.", "iosnet."));
        } else if (!experiment.equals("swipe-table3") && !experiment.equals("swipe-mea")) {
            groups.addAll(List.of("pranet.", "iosnet."));
        }
        return ALL.stream()
                .filter(change -> groups.stream().anyMatch(change::startsWith))
                .toList();
    }

    static DataSet<ImageSetManifest> write(Path folder) throws IOException {
        Path manifest = OvalImages.write(folder);
        return new DataSet<>(ImageSetManifest.read(manifest), DataRoot.of(folder));
    }
}
