package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.score.ImageScores;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.NiftiMask;
import slidefield.swipe.Volume;
import slidefield.swipe.volume.SegmentedVolume;
import slidefield.swipe.volume.TrainedVolumeNetwork;
import slidefield.swipe.volume.VolumeTraining;

/** A volume segmented by a network of volumes. */
@Command(
        name = "segment-volume",
        description = {
            "Segment a volume (NIfTI-1) with a network that train-volume made.",
            "DIR receives the mask as a compressed NIfTI-1: class numbers at the volume's own voxels."
        })
final class SegmentVolumeCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder that train-volume made.")
    private Path run;

    @Parameters(index = "1", paramLabel = "VOLUME", description = "The volume, .nii or .nii.gz.")
    private Path volumeFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @Option(names = "--truth", paramLabel = "FILE", description = "The volume's mask (NIfTI-1), to score.")
    private Path truth;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change how it is predicted, such as prediction.overlap=0.75.")
    private List<String> changes = new ArrayList<>();

    @Override
    protected int run(Report report) {
        RunFolder folder = RunFolder.open(run);
        TrainedVolumeNetwork network = network(folder);
        ImageSetManifest manifest = ImageSetManifest.read(folder.manifest());
        LabelledVolume labelled =
                truth == null ? null : LabelledVolume.read(new ImagePair(stem(), volumeFile, truth), manifest);
        Volume volume = labelled == null ? Volume.read(volumeFile) : labelled.volume();
        OutputFolder.make(out);
        long start = System.nanoTime();
        SegmentedVolume found = network.predict(volume);
        report.put("seconds", (System.nanoTime() - start) / 1e9);
        report.put("width", found.width());
        report.put("height", found.height());
        report.put("depth", found.depth());
        byte[] classes = found.classes();
        double voxel = volume.spacingX() * volume.spacingY() * volume.spacingZ() / 1000;
        for (int c = 1; c <= manifest.classes().size(); c++) {
            report.put(key(manifest, c) + "_ml", count(classes, c) * voxel);
        }
        if (labelled != null) {
            ImageScores scores = new ImageScores(manifest.classes());
            report.put("dice", scores.add(volume.name(), classes, labelled.classes()));
            for (int c = 1; c <= manifest.classes().size(); c++) {
                report.put(key(manifest, c) + "_dice", scores.mean(c));
            }
        }
        Path mask = out.resolve(stem() + "-mask.nii.gz");
        NiftiMask.write(volumeFile, classes, mask);
        report.wrote(mask);
        return 0;
    }

    private static String key(ImageSetManifest manifest, int ofClass) {
        return manifest.classes().get(ofClass - 1).replace(' ', '_');
    }

    private TrainedVolumeNetwork network(RunFolder folder) {
        if (folder.kind() != RunKind.VOLUME) {
            throw new InputException(run + " holds a run of " + folder.kind().command() + ", not of train-volume; "
                    + folder.kind().use());
        }
        for (String change : changes) {
            if (!change.strip().startsWith("prediction.")) {
                throw new InputException(
                        "--set " + change + " would not change a trained network; here only prediction.* can be set");
            }
        }
        return TrainedVolumeNetwork.load(run, VolumeTraining.settings(folder).with(changes), Engine.preferred());
    }

    private String stem() {
        return volumeFile.getFileName().toString().replaceFirst("(?i)\\.nii(\\.gz)?$", "");
    }

    private static int count(byte[] classes, int ofClass) {
        int count = 0;
        for (byte c : classes) {
            count += c == ofClass ? 1 : 0;
        }
        return count;
    }

    @Override
    protected String lessMemory() {
        return "cut the volume, or give Java more (-Xmx)";
    }
}
