package slidefield.slide;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Compresses one tile at a time. Deflate follows Adobe's scheme 8 with predictor 2 (differences along a row); JPEG
 * tiles are whole JPEG streams (TIFF Technical Note 2, without shared tables), YCbCr with chroma halved both ways.
 */
final class TiffTileCodec implements AutoCloseable {
    private final PyramidOptions options;
    private final int tile;
    private final Deflater deflater = new Deflater(6);
    private final byte[] scratch;
    private final ImageWriter jpeg;
    private final ImageWriteParam jpegParam;
    private final BufferedImage jpegTile;

    TiffTileCodec(PyramidOptions options, int tile) {
        this.options = options;
        this.tile = tile;
        scratch = new byte[tile * tile * options.samples()];
        jpeg = ImageIO.getImageWritersByFormatName("jpeg").next();
        jpegParam = jpeg.getDefaultWriteParam();
        jpegParam.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        jpegParam.setCompressionQuality(options.quality() / 100f);
        jpegTile = new BufferedImage(
                tile, tile, options.grey() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    }

    /** Tags 259 (Compression), 262 (PhotometricInterpretation) and those that go with them. */
    void describe(TiffDirectory directory) {
        if (options.compression() == PyramidOptions.Compression.DEFLATE) {
            directory.shorts(259, 8).shorts(262, options.grey() ? 1 : 2).shorts(317, 2);
        } else {
            directory.shorts(259, 7).shorts(262, options.grey() ? 1 : 6);
            if (!options.grey()) {
                directory.shorts(530, 2, 2).shorts(531, 1);
            }
        }
    }

    /**
     * Compresses a tile.
     *
     * @param pixels {@code tile x tile x samples} bytes, RGB or grey, row-major
     */
    byte[] compress(byte[] pixels) throws IOException {
        return options.compression() == PyramidOptions.Compression.DEFLATE ? deflate(pixels) : jpeg(pixels);
    }

    private byte[] deflate(byte[] pixels) {
        int samples = options.samples();
        int row = tile * samples;
        for (int start = 0; start < pixels.length; start += row) {
            System.arraycopy(pixels, start, scratch, start, samples);
            for (int i = start + samples; i < start + row; i++) {
                scratch[i] = (byte) (pixels[i] - pixels[i - samples]);
            }
        }
        deflater.reset();
        deflater.setInput(scratch);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(pixels.length / 2);
        byte[] buffer = new byte[1 << 15];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        return out.toByteArray();
    }

    private byte[] jpeg(byte[] pixels) throws IOException {
        byte[] raster = ((DataBufferByte) jpegTile.getRaster().getDataBuffer()).getData();
        if (options.grey()) {
            System.arraycopy(pixels, 0, raster, 0, pixels.length);
        } else {
            for (int i = 0; i < pixels.length; i += 3) {
                raster[i] = pixels[i + 2];
                raster[i + 1] = pixels[i + 1];
                raster[i + 2] = pixels[i];
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(pixels.length / 8);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            jpeg.setOutput(stream);
            jpeg.write(null, new IIOImage(jpegTile, null, null), jpegParam);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
        jpeg.dispose();
    }
}
