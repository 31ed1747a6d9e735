package slidefield.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import slidefield.fit.YamlOptions;
import slidefield.io.Checksum;
import slidefield.nic.CodeProbe;

/**
 * A kept judgement of an encoder's codes: a resumed experiment reads it if it is of the same encoder, patches and options.
 *
 * @param of a digest of what it was made of
 * @param classes as {@link CodeProbe.Result}
 * @param validation as {@link CodeProbe.Result}
 * @param counts as {@link CodeProbe.Result}
 */
record ProbeFile(String of, List<String> classes, double validation, int[][] counts) {
    private static final YamlOptions<ProbeFile> YAML = new YamlOptions<>(ProbeFile.class, "validation=0.5");

    /**
     * The judgement in a file, if it is of these things; else made and kept there.
     *
     * @param file of one task in the encoder's run
     * @param things everything that decides it, as text
     * @param make makes it
     */
    static CodeProbe.Result get(Path file, String things, Supplier<CodeProbe.Result> make) {
        MessageDigest digest = Checksum.digest();
        digest.update(things.getBytes(StandardCharsets.UTF_8));
        String of = Checksum.hex(digest);
        if (Files.isRegularFile(file)) {
            ProbeFile kept = YAML.read(file);
            if (of.equals(kept.of)) {
                return new CodeProbe.Result(kept.classes, kept.validation, kept.counts);
            }
        }
        CodeProbe.Result made = make.get();
        YAML.write(new ProbeFile(of, made.classes(), made.validation(), made.counts()), file);
        return made;
    }
}
