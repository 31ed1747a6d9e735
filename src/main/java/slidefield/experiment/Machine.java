package slidefield.experiment;

import slidefield.nn.Engine;
import slidefield.nn.kernels.Processor;

/** The machine that numbers come from, in a line. */
final class Machine {
    private Machine() {}

    static String text() {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Engine engine = Engine.preferred()) {
            return cores + (cores == 1 ? " core of " : " cores of ") + processor() + ", Java "
                    + Runtime.version().feature() + ", kernels "
                    + engine.kernels().name();
        }
    }

    private static String processor() {
        return Processor.info()
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse((Processor.info().isEmpty() ? System.getProperty("os.name") + " " : "")
                        + System.getProperty("os.arch"));
    }
}
