package slidefield.kernel;

import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/** What this kernel renders itself: whole PNGs (the base library's lose their last bytes) and readable arrays. */
final class Renderers {
    private static final int TEXT_CHARS = 4000;

    private Renderers() {}

    static void register(Renderer renderer) {
        renderer.createRegistration(BufferedImage.class)
                .preferring(MIMEType.IMAGE_PNG)
                .supporting(MIMEType.IMAGE_PNG)
                .register(Renderers::image);
    }

    private static void image(BufferedImage image, RenderContext context) {
        context.renderIfRequested(MIMEType.IMAGE_PNG, () -> png(image));
        context.renderIfRequested(
                MIMEType.TEXT_PLAIN, () -> "image, " + image.getWidth() + " x " + image.getHeight() + " pixels");
    }

    private static String png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /**
     * @param array any array
     * @return its elements as text, shortened
     */
    static String arrayText(Object array) {
        String nested = Arrays.deepToString(new Object[] {array});
        String text = nested.substring(1, nested.length() - 1);
        return text.length() <= TEXT_CHARS ? text : text.substring(0, TEXT_CHARS) + " ...";
    }
}
