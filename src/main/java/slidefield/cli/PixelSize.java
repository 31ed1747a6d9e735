package slidefield.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Width and height in pixels, written {@code 2048x1536}.
 *
 * @param width pixels
 * @param height pixels
 */
record PixelSize(int width, int height) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})[xX](\\d{1,9})");

    /** Text to {@link PixelSize}. */
    static final class Converter implements ITypeConverter<PixelSize> {
        @Override
        public PixelSize convert(String text) {
            Matcher found = WRITTEN.matcher(text);
            if (!found.matches()) {
                throw new TypeConversionException("expected WIDTHxHEIGHT such as 2048x1536, found '" + text + "'");
            }
            return new PixelSize(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
        }
    }
}
