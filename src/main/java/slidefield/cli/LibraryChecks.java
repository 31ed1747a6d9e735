package slidefield.cli;

import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.kernels.GraphicsCard;

/** The native libraries: OpenSlide, and what ND4J computes on. */
final class LibraryChecks {
    private static final List<String> OPENSLIDE_NAMES =
            List.of("openslide", "libopenslide.so.0", "libopenslide.so.1", "libopenslide-1", "libopenslide-0");

    private LibraryChecks() {}

    static List<Check> all() {
        return List.of(openSlide(), arrays(), kernels());
    }

    private static Check openSlide() {
        String fault = "";
        for (String name : OPENSLIDE_NAMES) {
            try {
                NativeLibrary library = NativeLibrary.getInstance(name);
                String version = library.getFunction("openslide_get_version").invokeString(new Object[0], false);
                return Check.ok("OpenSlide", version + " (" + library.getFile() + ")");
            } catch (LinkageError absent) {
                fault = fault.isEmpty() ? firstLine(absent) : fault;
            }
        }
        return Check.missing("OpenSlide", fault, openSlideAdvice());
    }

    private static String openSlideAdvice() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return "brew install openslide";
        }
        return system.contains("win")
                ? "unpack the OpenSlide binaries and put their folder on PATH"
                : "apt install libopenslide0 (plain images work without it)";
    }

    /** What ND4J computes on; a build for graphics cards is asked for its card first. */
    private static Check arrays() {
        String card = "";
        if (GraphicsCard.wanted()) {
            try {
                card = ", " + GraphicsCard.require();
            } catch (InputException unusable) {
                return noCard(unusable);
            }
        }
        try {
            INDArray two = Nd4j.ones(2, 2).mmul(Nd4j.ones(2, 2));
            if (two.sumNumber().doubleValue() != 8) {
                return Check.missing("arrays (ND4J)", "a product of ones came out as " + two, "report this machine");
            }
            Properties about = Nd4j.getExecutioner().getEnvironmentInformation();
            String found = Nd4j.getBackend().getClass().getSimpleName() + ", BLAS "
                    + about.getProperty("blas.vendor", "unknown") + ", "
                    + about.get("omp.threads") + " threads, off-heap up to " + Report.size(Pointer.maxBytes());
            return Check.ok("arrays (ND4J)", found + card);
        } catch (LinkageError | RuntimeException absent) {
            if (GraphicsCard.wanted()) {
                return Check.missing(
                        "arrays (ND4J)",
                        firstLine(absent) + card,
                        "needs the libraries of CUDA 11.6 in /usr/local/cuda-11.6 or on LD_LIBRARY_PATH");
            }
            return Check.missing(
                    "arrays (ND4J)",
                    firstLine(absent),
                    "no native library for " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + " in this build; see the profiles in pom.xml");
        }
    }

    /** The reason before the last semicolon, the way out behind it. */
    static Check noCard(InputException unusable) {
        String message = unusable.getMessage();
        int end = message.lastIndexOf("; ");
        return Check.missing("arrays (ND4J)", message.substring(0, end), message.substring(end + 2));
    }

    /** What computes: the fast kernels, or the reference where those do not load. */
    private static Check kernels() {
        try (Engine engine = Engine.preferred()) {
            return Check.ok("kernels", engine.kernels().name() + ", " + engine.type());
        } catch (InputException unusable) {
            return Check.missing("kernels", "none without arrays", "the arrays above come first");
        } catch (LinkageError | RuntimeException absent) {
            return Check.missing("kernels", firstLine(absent), "the arrays above come first");
        }
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("no reason given");
    }
}
