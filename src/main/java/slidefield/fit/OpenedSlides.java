package slidefield.fit;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.score.Resolution;

/**
 * The opened slides of one split, closed together.
 *
 * @param opened in the manifest's order; may be empty
 */
public record OpenedSlides(List<OpenedSlide> opened) implements AutoCloseable {
    /**
     * Opens them all.
     *
     * @param listener gets what the annotations' readers had to assume
     * @throws slidefield.io.InputException if a slide cannot be used
     */
    public static OpenedSlides open(Manifest manifest, Split split, DataRoot data, FitListener listener) {
        OpenedSlides slides = new OpenedSlides(new ArrayList<>());
        try {
            for (SlideEntry entry : manifest.split(split)) {
                OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), data);
                slides.opened.add(slide);
                slide.notice().ifPresent(listener::notice);
            }
            return slides;
        } catch (RuntimeException failure) {
            slides.close();
            throw failure;
        }
    }

    /** Their planes at Base. */
    public List<SlidePlane> planes() {
        return opened.stream().map(s -> s.at(Resolution.BASE)).toList();
    }

    @Override
    public void close() {
        opened.forEach(OpenedSlide::close);
    }
}
