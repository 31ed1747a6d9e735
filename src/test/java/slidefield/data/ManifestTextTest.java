package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that YAML has special ways to write read back as they were. */
class ManifestTextTest {
    @TempDir
    Path folder;

    private static Manifest manifest(List<String> licences) {
        List<SlideEntry> slides = new ArrayList<>();
        for (int i = 0; i < licences.size(); i++) {
            slides.add(new SlideEntry(
                    "s" + i,
                    "s" + i,
                    null,
                    null,
                    null,
                    Split.TRAIN,
                    null,
                    null,
                    null,
                    licences.get(i),
                    null,
                    null,
                    null,
                    null));
        }
        return new Manifest("texts", null, Base.ofMpp(1), null, null, null, slides);
    }

    @Test
    void everyCharacterReadsBackAsItWas() {
        // given every character of the basic plane by itself, at an end, between letters and beside a line break
        Path file = folder.resolve("manifest.yaml");
        for (int from = 0; from < 0x10000; from += 0x800) {
            List<String> texts = new ArrayList<>();
            for (int c = from; c < from + 0x800; c++) {
                if (Character.isSurrogate((char) c)) {
                    continue;
                }
                String one = Character.toString(c);
                texts.addAll(List.of(one, one + "a", "a" + one, "a" + one + "b", "a\n" + one, one + "\nb"));
            }
            if (texts.isEmpty()) {
                continue;
            }
            Manifest written = manifest(texts);
            // when
            written.write(file);
            // then
            Manifest read = Manifest.read(file);
            for (int i = 0; i < texts.size(); i++) {
                assertEquals(
                        texts.get(i),
                        read.slides().get(i).licence(),
                        "U+" + Integer.toHexString(from + i / 6) + ", text " + i % 6);
            }
        }
    }
}
