package slidefield.nic;

import java.nio.file.Path;
import java.util.OptionalDouble;
import slidefield.fit.RunFolder.IfExists;
import slidefield.nic.PictureFixture.Sums;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** Compresses a slide in all orientations, from where another one was killed; made to be killed. */
public final class KilledCompressionChild {
    private KilledCompressionChild() {}

    /** @param args slide and folder */
    public static void main(String[] args) {
        try (Slide slide = Slides.open(Path.of(args[0]), OptionalDouble.of(0.5))) {
            compress(slide, Path.of(args[1]));
        }
    }

    static CompressedSlide compress(Slide slide, Path folder) {
        Sums encoder = new Sums(8, 40, 5);
        return new SlideCompression(encoder, new CompressionOptions(0.5, 8, TissueRule.MASK))
                .compress(slide, "s", folder, GridOrientation.all(), IfExists.RESUME_OR_BEGIN, fraction -> {});
    }
}
