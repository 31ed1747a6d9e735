package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static slidefield.swipe.SwipeTestData.refused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slidefield.data.DataRoot;
import slidefield.data.ImagePair;
import slidefield.data.ImagePart;
import slidefield.data.ImageSetManifest;
import slidefield.data.MaskValues;
import slidefield.data.Split;
import slidefield.data.SplitRule;

class LabelledVolumeTest {
    private static ImageSetManifest manifest(String... classes) {
        return new ImageSetManifest(
                "hippocampus",
                null,
                null,
                null,
                null,
                null,
                List.of(classes),
                MaskValues.CLASSES,
                false,
                List.of(new ImagePart("images/hippocampus_*.nii.gz", "labels/hippocampus_*.nii.gz")),
                null,
                new SplitRule(18, 6, 6));
    }

    @Test
    void hippocampusVolumesAreDealtAndReadWithTheirLabels() {
        // given
        DataRoot root = DataRoot.of(SwipeTestData.real("hippocampus"));
        ImageSetManifest manifest = manifest("anterior", "posterior");
        // when
        Map<Split, List<ImagePair>> splits = manifest.splits(root, 4);
        LabelledVolume first = LabelledVolume.read(splits.get(Split.TEST).get(0), manifest);
        // then
        List<String> names = new ArrayList<>();
        splits.values().forEach(pairs -> pairs.forEach(pair -> names.add(pair.name())));
        assertEquals(
                manifest.pairs(root).stream().map(ImagePair::name).toList(),
                names.stream().sorted().toList());
        assertEquals(
                manifest.split().counts(names.size()).get(Split.TEST),
                splits.get(Split.TEST).size());
        int most = 0;
        for (byte c : first.classes()) {
            most = Math.max(most, c);
        }
        assertEquals(2, most);
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        // given labels of two classes for a set of one, and those of another volume
        Path folder = SwipeTestData.real("hippocampus");
        List<ImagePair> pairs = manifest("anterior").pairs(DataRoot.of(folder));
        refused(() -> LabelledVolume.read(pairs.get(0), manifest("anterior")), "the value 2.0", "to 1 (anterior)");
        ImagePair mixed =
                new ImagePair("mixed", pairs.get(0).image(), pairs.get(1).mask());
        refused(() -> LabelledVolume.read(mixed, manifest("a", "b")), "expected the same voxels");
        // and a volume whose values are none
        ImagePair itself =
                new ImagePair("itself", pairs.get(0).image(), pairs.get(0).image());
        refused(() -> LabelledVolume.read(itself, manifest("a", "b")), "expected class numbers from 0");
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelledVolume(Volume.read(pairs.get(0).image()), new byte[3]));
    }
}
