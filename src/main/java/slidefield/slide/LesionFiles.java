package slidefield.slide;

import java.nio.file.Path;
import java.util.Optional;
import slidefield.io.InputException;

/** Finds out what an annotation file is and reads it. */
final class LesionFiles {
    private LesionFiles() {}

    static void requireSize(View view, int width, int height) {
        if (view.slide().width() != width || view.slide().height() != height) {
            throw new IllegalArgumentException("these lesions belong to a slide of " + width + " x " + height
                    + " pixels, not to " + view.slide().name() + " of "
                    + view.slide().width() + " x "
                    + view.slide().height() + "; crop them with the slide");
        }
    }

    static Lesions open(Path file, Slide slide) {
        Optional<AnnotationBytes> text = AnnotationBytes.read(file);
        if (text.isEmpty()) {
            return openMask(file, slide);
        }
        LesionGroups groups = new LesionGroups(file);
        if (text.get().isXml()) {
            AsapXml.read(text.get().bytes(), groups);
        } else {
            LesionJson.read(text.get().bytes(), groups);
        }
        return groups.on(slide);
    }

    private static Lesions openMask(Path file, Slide slide) {
        Slide mask;
        try {
            mask = Slides.openMask(file);
        } catch (Slides.NotASlide unknown) {
            throw new InputException(
                    file + " is no annotation: expected ASAP XML, GeoJSON, a CAMELYON lesion list or a mask image",
                    unknown);
        }
        try {
            MaskAnnotation lesions = MaskAnnotation.of(mask, slide);
            int largest = mask instanceof ImageSlide ? lesions.largest(127) : 255;
            if (largest > 0 && largest <= 127) {
                return lesions.noting("mask " + file + " holds values up to " + largest
                        + " only: lesion is above 127, so none is marked");
            }
            return lesions;
        } catch (InputException failure) {
            mask.close();
            throw failure;
        }
    }
}
