package slidefield.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.notebook.Progress;
import slidefield.slide.ImageImport;
import slidefield.slide.ImportOptions;
import slidefield.slide.Imported;

/** Turns an image, and its mask, into a slide with a manifest entry. */
@Command(
        name = "import",
        description = {
            "Make a pyramidal TIFF slide from an image (PNG, JPEG, TIFF, BMP), and another from its lesion mask.",
            "Adds the slide to DIR/manifest.yaml; a new manifest's Base is the image's own pixel size."
        })
final class ImportCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image.")
    private Path image;

    @Option(names = "--mask", paramLabel = "M", description = "Its mask, of the same shape; over 127 is lesion.")
    private Path mask;

    @Option(names = "--mpp", required = true, paramLabel = "UM", description = "Micrometres per pixel of the image.")
    private double mpp;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out;

    @Option(
            names = "--crop",
            paramLabel = "X,Y,W,H",
            converter = CropConverter.class,
            description = "Take this part only, in pixels of the image.")
    private ImportOptions.Crop crop;

    @Option(
            names = "--split",
            defaultValue = "train",
            description = "train, validation or test (default ${DEFAULT-VALUE}).")
    private Split split;

    @Option(names = "--replace", description = "Replace a slide of the same name.")
    private boolean replace;

    /** Text to a crop. */
    static final class CropConverter implements ITypeConverter<ImportOptions.Crop> {
        @Override
        public ImportOptions.Crop convert(String text) {
            try {
                return ImportOptions.Crop.parse(text);
            } catch (InputException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }

    @Override
    protected int run(Report report) {
        Optional<Manifest> before = Manifests.existing(out);
        String name = name(image);
        if (!replace && before.isPresent() && has(before.get(), name)) {
            throw new InputException(Manifests.in(out) + " has a slide '" + name
                    + "' already; give --replace, or another --out or file name");
        }
        ImportOptions options = ImportOptions.of(mpp);
        options = crop == null ? options : options.withCrop(crop);
        Imported made;
        try (Progress bar = Progress.of("import, %", 100)) {
            made = ImageImport.run(image, mask, out, options, bar.fractions());
        }
        SlideEntry entry = SlideEntry.beside(
                name, made.slide(), made.mpp(), made.maskOrNull(), split, made.bytes(), made.sha256(), null);
        before.map(manifest -> manifest.with(entry))
                .orElseGet(() -> started(entry))
                .write(Manifests.in(out));
        report.put("name", name);
        report.put("size", List.of(made.width(), made.height()), made.width() + " x " + made.height() + " pixels");
        report.put("mpp", made.mpp(), made.mpp() + " um per pixel");
        report.put("split", split.word());
        report.put("notice", made.notice(), made.notice().isEmpty() ? null : made.notice());
        report.wrote(made.slide());
        if (made.maskOrNull() != null) {
            report.wrote(made.maskOrNull());
        }
        report.wrote(Manifests.in(out));
        return 0;
    }

    private Manifest started(SlideEntry first) {
        String name = clean(out.toAbsolutePath().normalize().getFileName(), "imported");
        return new Manifest(name, "Imported images.", Base.ofMpp(mpp), null, null, null, List.of(first));
    }

    private static boolean has(Manifest manifest, String name) {
        return manifest.slides().stream().anyMatch(slide -> slide.name().equalsIgnoreCase(name));
    }

    /** The image's file name without its extension, in the characters that manifests allow. */
    static String name(Path image) {
        Path file = image.getFileName();
        String text = file == null ? "" : file.toString();
        int dot = text.lastIndexOf('.');
        return clean(Path.of(dot > 0 ? text.substring(0, dot) : text), "slide");
    }

    private static String clean(Path name, String otherwise) {
        String text = name == null ? "" : name.toString();
        String allowed = text.replaceAll("[^\\p{L}\\p{N}._-]+", "_").replaceFirst("^[^\\p{L}\\p{N}]+", "");
        return allowed.isEmpty() ? otherwise : allowed.substring(0, Math.min(100, allowed.length()));
    }

    @Override
    protected String lessMemory() {
        return "give a --crop, or the image as tiled TIFF";
    }
}
