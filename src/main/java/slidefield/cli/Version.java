package slidefield.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar, or from the build file beside the compiled classes. */
final class Version implements IVersionProvider {
    private static final String IN_JAR = "/META-INF/maven/org.slidefield/slidefield/pom.properties";
    private static final Pattern IN_POM =
            Pattern.compile("<artifactId>slidefield</artifactId>\\s*<version>([^<]+)</version>");

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"slidefield " + text(), "Java " + Runtime.version() + " (" + java() + ")"};
    }

    private static String java() {
        return System.getProperty("java.vendor") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    static String text() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(IN_JAR)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            }
        }
        Path pom = home().map(home -> home.resolve("pom.xml")).orElse(Path.of("absent"));
        if (Files.isRegularFile(pom)) {
            Matcher found = IN_POM.matcher(Files.readString(pom));
            if (found.find()) {
                return found.group(1);
            }
        }
        return "(unknown version)";
    }

    /** The project's folder, where the classes run from its build folder or its launcher says so. */
    static Optional<Path> home() {
        String said = System.getProperty("slidefield.home");
        if (said != null) {
            return Optional.of(Path.of(said));
        }
        try {
            Path classes = Path.of(Version.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(classes.getParent()).map(Path::getParent);
        } catch (URISyntaxException | RuntimeException unknown) {
            return Optional.empty();
        }
    }
}
