package slidefield.data;

import java.time.Duration;

/** A server or the network failed in a way that may pass. */
final class PassingFailure extends Exception {
    private final Duration asked;

    PassingFailure(String message, Duration asked) {
        super(message);
        this.asked = asked;
    }

    PassingFailure(String message) {
        this(message, Duration.ZERO);
    }

    /** The pause that the server asked for, or zero. */
    Duration asked() {
        return asked;
    }
}
