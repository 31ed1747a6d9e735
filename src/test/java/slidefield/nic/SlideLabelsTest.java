package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.InputException;

class SlideLabelsTest {
    private static Manifest labelled(String... labels) {
        List<SlideEntry> slides = new ArrayList<>();
        for (String label : labels) {
            String name = "s" + slides.size();
            slides.add(SlideEntry.of(name, name + ".tif", null, Split.TRAIN).withLabel(label));
        }
        return new Manifest("m", null, Base.ofMpp(1), null, null, null, slides);
    }

    private static List<Double> numbers(SlideTask task, int outputs, String... labels) {
        Manifest manifest = labelled(labels);
        SlideLabels found = SlideLabels.of(manifest, task, outputs);
        return manifest.slides().stream().map(found::number).toList();
    }

    private static void refused(String part, SlideTask task, int outputs, String... labels) {
        String message = assertThrows(InputException.class, () -> numbers(task, outputs, labels))
                .getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void ofTwoClassesTheNegativeOneIsNamedAndAllOthersArePositive() {
        assertEquals(List.of(1.0, 0.0, 1.0, 1.0), numbers(SlideTask.BINARY, 1, "micro", "negative", "macro", "micro"));
        assertEquals(List.of(1.0, 0.0), numbers(SlideTask.BINARY, 2, "A", "Normal"));
        assertEquals(List.of(1.0, 0.0, 1.0), numbers(SlideTask.BINARY, 1, "1", "0", "1"));
        SlideLabels three = SlideLabels.of(labelled("micro", "negative", "macro"), SlideTask.BINARY, 1);
        assertEquals(List.of("negative", "positive"), three.classes());
        SlideLabels two = SlideLabels.of(labelled("tumor", "normal"), SlideTask.BINARY, 1);
        assertEquals(List.of("normal", "tumor"), two.classes());
        refused("negative or normal", SlideTask.BINARY, 1, "a", "b");
        refused("training.task=regression", SlideTask.BINARY, 1, "0.5", "0.7");
        refused("at least one other", SlideTask.BINARY, 1, "negative", "negative");
        refused("found 0, 1, 2", SlideTask.BINARY, 1, "0", "1", "2");
    }

    @Test
    void ofSeveralClassesEachIsOneOfItsOwn() {
        assertEquals(List.of(2.0, 0.0, 1.0), numbers(SlideTask.CLASSES, 3, "micro", "negative", "macro"));
        String[] eleven = {"10", "2", "0", "1", "3", "4", "5", "6", "7", "8", "9"};
        assertEquals(Arrays.stream(eleven).map(Double::valueOf).toList(), numbers(SlideTask.CLASSES, 11, eleven));
        refused("set slideCnn.outputs=3", SlideTask.CLASSES, 10, "a", "b", "c");
    }

    @Test
    void numbersStayWhatTheyAre() {
        assertEquals(List.of(-0.5, 2.0), numbers(SlideTask.REGRESSION, 1, "-0.5", "2"));
        assertTrue(SlideLabels.of(labelled("1", "2"), SlideTask.REGRESSION, 1)
                .classes()
                .isEmpty());
        refused("slide s1: a number is predicted", SlideTask.REGRESSION, 1, "1", "macro");
    }

    @Test
    void slidesWithoutALabelAreNamedWhenTheyAreUsed() {
        refused("slide s2 (train) has no label", SlideTask.BINARY, 1, "negative", "a", null);
        refused("no slide has a label", SlideTask.BINARY, 1, null, null);
    }
}
