package slidefield.slide;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import slidefield.io.InputException;

/** Turns any image file, and its mask, into pyramidal TIFF slides. */
public final class ImageImport {
    private ImageImport() {}

    /**
     * Writes {@code NAME.tif} and, with a mask, {@code NAME_mask.tif} (0 or 255), NAME being the image's file name
     * without its extension.
     *
     * @param image PNG, JPEG, TIFF or BMP; grey or RGB of 8 or 16 bits, transparency over white
     * @param maskOrNull an image of the same shape, lesion where its brightest channel is above 127; or null
     * @param folder made where it is missing
     * @param options pixel size, crop, format
     * @param progress told the fraction that is done, in (0, 1]
     * @throws InputException if a file is missing, damaged, too large or of another kind, the mask has another shape,
     *     the crop lies outside, or a result would replace its own input
     */
    public static Imported run(
            Path image, Path maskOrNull, Path folder, ImportOptions options, DoubleConsumer progress) {
        String name = baseName(image);
        Path target = folder.resolve(name + ".tif");
        Path maskTarget = folder.resolve(name + "_mask.tif");
        for (Path input : maskOrNull == null ? new Path[] {image} : new Path[] {image, maskOrNull}) {
            refuseSame(input, target);
            refuseSame(input, maskTarget);
        }
        double share = maskOrNull == null ? 1 : 0.5;
        try (ImportImage source = new ImportImage(image, false)) {
            ImportOptions.Crop crop = cropOf(source, options);
            String notice = "";
            if (maskOrNull != null) {
                notice = writeMask(source, maskOrNull, maskTarget, crop, options, f -> progress.accept(f * share));
            }
            PyramidFile file = PyramidWriter.write(
                    target,
                    new Cropped(source, crop),
                    options.format().withMpp(options.mpp()),
                    f -> progress.accept(1 - share + f * share));
            return new Imported(
                    target,
                    maskOrNull == null ? null : maskTarget,
                    crop.width(),
                    crop.height(),
                    options.mpp(),
                    file.bytes(),
                    file.sha256(),
                    notice);
        }
    }

    private static String writeMask(
            ImportImage image,
            Path path,
            Path target,
            ImportOptions.Crop crop,
            ImportOptions options,
            DoubleConsumer progress) {
        try (ImportImage file = new ImportImage(path, true)) {
            ImportMask mask = new ImportMask(file, image, crop);
            PyramidWriter.write(target, mask, PyramidOptions.deflate().asGrey().withMpp(options.mpp()), progress);
            return mask.notice();
        }
    }

    private static ImportOptions.Crop cropOf(ImportImage source, ImportOptions options) {
        ImportOptions.Crop crop = options.crop().orElse(new ImportOptions.Crop(0, 0, source.width(), source.height()));
        if ((long) crop.x() + crop.width() > source.width() || (long) crop.y() + crop.height() > source.height()) {
            throw new InputException("the crop " + crop.x() + "," + crop.y() + "," + crop.width() + "," + crop.height()
                    + " reaches outside " + source.path() + ", which is " + source.width() + " x " + source.height());
        }
        return crop;
    }

    private static String baseName(Path image) {
        String name = image.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static void refuseSame(Path input, Path target) {
        if (input.toAbsolutePath().normalize().equals(target.toAbsolutePath().normalize())) {
            throw new InputException("the result " + target + " would replace its own input: choose another folder");
        }
    }

    /** A rectangle of another source. */
    private record Cropped(PixelSource source, ImportOptions.Crop crop) implements PixelSource {
        @Override
        public int width() {
            return crop.width();
        }

        @Override
        public int height() {
            return crop.height();
        }

        @Override
        public BufferedImage read(int x, int y, int w, int h) {
            return source.read(crop.x() + x, crop.y() + y, w, h);
        }
    }
}
