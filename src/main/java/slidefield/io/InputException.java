package slidefield.io;

/**
 * Something the user gave (a file, an option, a folder) cannot be used. The message is one line that says what
 * was expected, what was found and what to do; the command line prints it without a stack trace.
 */
public class InputException extends RuntimeException {
    /**
     * @param message one line: what was expected, what was found, what to do
     */
    public InputException(String message) {
        super(message);
    }

    /**
     * @param message one line: what was expected, what was found, what to do
     * @param cause the failure underneath, shown with {@code --debug}
     */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
