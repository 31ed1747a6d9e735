package slidefield.nic;

import java.nio.file.Path;
import slidefield.fit.RunFolder;
import slidefield.fit.YamlOptions;
import slidefield.io.InputException;

/**
 * With what slides were compressed: codes of another origin mean nothing to a network that learnt from these. A run folder
 * keeps it as {@code codes.yaml}.
 *
 * <p>Immutable: thread-safe.
 *
 * @param encoder its name
 * @param identity tells it from others of the same name
 * @param patch P, pixels along both sides of a patch
 * @param code C, values of a code
 * @param compression resolution, stride and tissue rule
 */
public record CodeOrigin(String encoder, String identity, int patch, int code, CompressionOptions compression) {
    private static final YamlOptions<CodeOrigin> YAML = new YamlOptions<>(CodeOrigin.class, "code=128");

    /** @throws IllegalArgumentException if a part is missing */
    public CodeOrigin {
        if (encoder == null || identity == null || compression == null) {
            throw new IllegalArgumentException("the origin of codes needs encoder, identity and compression");
        }
    }

    /** That of a compressed slide. */
    public static CodeOrigin of(CompressedSlide slide) {
        return new CodeOrigin(slide.encoder(), slide.identity(), slide.patch(), slide.code(), slide.options());
    }

    /**
     * @param slide its codes
     * @param whose what the others' origin is that of, for the message: "slide a", "the run"
     * @throws InputException if the slide has another origin
     */
    void require(CompressedSlide slide, String whose) {
        CodeOrigin found = of(slide);
        if (!found.equals(this)) {
            throw new InputException("slide " + slide.name() + " was compressed with " + found.text() + ", " + whose
                    + " with " + text() + "; compress all slides with one encoder and the same options");
        }
    }

    private String text() {
        return encoder + " (" + identity + "; patches of " + patch + " px, stride " + compression.stride() + " at "
                + compression.mpp() + " um, tissue by "
                + compression.tissue().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }

    /** Writes it to a run folder. */
    void write(Path folder) {
        YAML.write(this, folder.resolve(RunFolder.CODES));
    }

    /** @throws InputException if it is not in the run folder, or damaged */
    static CodeOrigin read(Path folder) {
        return YAML.read(folder.resolve(RunFolder.CODES));
    }
}
