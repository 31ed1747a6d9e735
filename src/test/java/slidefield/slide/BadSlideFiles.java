package slidefield.slide;

import static slidefield.slide.BadFile.all;
import static slidefield.slide.BadFile.answered;
import static slidefield.slide.BadFile.bytes;
import static slidefield.slide.BadFile.first;
import static slidefield.slide.BadFile.none;
import static slidefield.slide.BadFile.refused;
import static slidefield.slide.BadFile.share;
import static slidefield.slide.BadFile.text;
import static slidefield.slide.BadFile.withoutLast;
import static slidefield.slide.TiffEdit.circle;
import static slidefield.slide.TiffEdit.count;
import static slidefield.slide.TiffEdit.entries;
import static slidefield.slide.TiffEdit.next;
import static slidefield.slide.TiffEdit.scratched;
import static slidefield.slide.TiffEdit.value;
import static slidefield.slide.TiffEdit.values;
import static slidefield.slide.TiffEdit.without;
import static slidefield.slide.ValidFile.ALPHA_TIFF;
import static slidefield.slide.ValidFile.BMP;
import static slidefield.slide.ValidFile.BMP565;
import static slidefield.slide.ValidFile.CMYK_JPG;
import static slidefield.slide.ValidFile.FLOAT_TIFF;
import static slidefield.slide.ValidFile.GIF;
import static slidefield.slide.ValidFile.GREY16_TIFF;
import static slidefield.slide.ValidFile.JPEG_PYRAMID;
import static slidefield.slide.ValidFile.JPG;
import static slidefield.slide.ValidFile.PNG;
import static slidefield.slide.ValidFile.PNG16;
import static slidefield.slide.ValidFile.PYRAMID;
import static slidefield.slide.ValidFile.STRIPS;

import java.util.List;

/** Slides and images that should not be. Tags of TIFF by their numbers: 256 width, 258 bits, 324 tile offsets, ... */
final class BadSlideFiles {
    private static final String SOUND = "300 x 200, 2 levels";

    private BadSlideFiles() {}

    static List<BadFile> pyramids() {
        return List.of(
                answered("as it was", PYRAMID, none(), SOUND, "mpp 0.5"),
                refused("of no bytes", PYRAMID, first(0), "empty (0 bytes)"),
                refused("cut after a byte", PYRAMID, first(1), "not a slide or image"),
                refused("cut in its magic", PYRAMID, first(3), "not a slide or image"),
                refused("cut behind its magic", PYRAMID, first(4), "cut short"),
                refused("cut behind its header", PYRAMID, first(16), "cut short"),
                refused("cut after a tenth", PYRAMID, share(0.1), "cut short"),
                refused("cut in the middle", PYRAMID, share(0.5), "cut short"),
                refused("cut in its directory", PYRAMID, withoutLast(200), "cut short"),
                refused("cut before its last byte", JPEG_PYRAMID, withoutLast(1), "cut short"),
                refused("wrong magic", PYRAMID, bytes(0, 'X', 'Y'), "not a slide or image"),
                refused("wrong version", PYRAMID, bytes(2, 44), "not a slide or image"),
                refused("wrong byte order", PYRAMID, bytes(0, 'M', 'M', 0, 42), "cut short"),
                refused("directory beyond the end", PYRAMID, next(-1, 0x7FFFFFFF), "cut short"),
                refused("directory at -1", PYRAMID, next(-1, -1), "cut short"),
                refused("directory inside the header", PYRAMID, next(-1, 2), "cut short"),
                refused("no directory", PYRAMID, next(-1, 0), "damaged"),
                refused("directories in a circle", PYRAMID, circle(1), "circle"),
                refused("a page without tags", PYRAMID, entries(1, 0), "page 2", "0 tags"),
                refused("a page of 65535 tags", PYRAMID, entries(0, 65535), "65535 tags"),
                refused("width 0", PYRAMID, value(0, 256, 0, 0), "0 x 200"),
                refused("height 0", PYRAMID, value(0, 257, 0, 0), "300 x 0"),
                refused("width 2^31 - 1", PYRAMID, value(0, 256, 0, Integer.MAX_VALUE), "2147483647"),
                refused("width 2^32 - 1", PYRAMID, value(0, 256, 0, 0xFFFFFFFFL), "4294967295"),
                refused(
                        "sides of 2^16, whose product is 0 in 32 bits",
                        PYRAMID,
                        all(value(0, 256, 0, 65536), value(0, 257, 0, 65536)),
                        "65536"),
                refused("tiles of width 0", PYRAMID, value(0, 322, 0, 0), "tiles of 0 x 64"),
                refused("tiles of width 65535", PYRAMID, value(0, 322, 0, 65535), "damaged"),
                refused("tiles of width 17", PYRAMID, value(0, 322, 0, 17), "damaged"),
                refused("tiles beyond the end", PYRAMID, values(0, 324, 0x7FFFFFFF), "tile 0 of page 1"),
                refused("a tile of 2^32 - 1 bytes", PYRAMID, value(1, 325, 3, 0xFFFFFFFFL), "tile 3 of page 2"),
                refused("a tile of no bytes", PYRAMID, value(0, 325, 0, 0), "damaged", "OpenSlide says"),
                refused("no tile offsets", PYRAMID, without(0, 324), "20 tiles of 64 x 64", "places of 0"),
                refused("no tile sizes", PYRAMID, without(0, 325), "20 tiles of 64 x 64", "sizes of 0"),
                refused(
                        "fewer tiles than the size needs",
                        PYRAMID,
                        count(0, 324, 3),
                        "20 tiles of 64 x 64",
                        "places of 3"),
                refused("tiles of an unknown compression", PYRAMID, value(0, 259, 0, 34000), "damaged"),
                refused("a scratched tile", PYRAMID, scratched(0, 5), "damaged", "OpenSlide says"),
                refused("a scratched tile of the second level", PYRAMID, scratched(1, 2), "OpenSlide says"),
                refused("a scratched JPEG tile", JPEG_PYRAMID, scratched(0, 5), "damaged", "OpenSlide says"),
                refused("8 bits that are said to be 16", PYRAMID, values(0, 258, 16), "damaged"),
                refused("0 bits", PYRAMID, values(0, 258, 0), "damaged"),
                refused("0 samples", PYRAMID, value(0, 277, 0, 0), "damaged"),
                refused("colours said to be CMYK", PYRAMID, value(0, 262, 0, 5), "damaged"),
                refused("an unknown kind of colour", PYRAMID, value(0, 262, 0, 999), "damaged"),
                refused("planes apart", PYRAMID, value(0, 284, 0, 2), "damaged"));
    }

    static List<BadFile> resolutions() {
        return List.of(
                answered("no resolution", PYRAMID, all(without(0, 282), without(0, 283)), SOUND, "mpp none"),
                answered("resolution without unit", PYRAMID, value(0, 296, 0, 1), SOUND, "mpp none"),
                answered("resolution 0", PYRAMID, all(resolution(0, 1)), SOUND, "mpp none"),
                answered("resolution 1/0", PYRAMID, resolution(1, 0), SOUND, "mpp none"),
                answered("resolution 0/0", PYRAMID, resolution(0, 0), SOUND, "mpp none"),
                answered("resolution of a screen", PYRAMID, resolution(28, 1), SOUND, "mpp none"),
                answered("resolution below an atom", PYRAMID, resolution(0xFFFFFFFFL, 1), SOUND, "mpp none"),
                answered("known", PYRAMID, none(), "150 x 100").as(BadFile.Use.VIEW),
                refused("no resolution", PYRAMID, resolution(0, 1), "--mpp", "mpp:")
                        .as(BadFile.Use.VIEW),
                refused("a plain image", PNG, none(), "--mpp", "mpp:").as(BadFile.Use.VIEW));
    }

    private static java.util.function.UnaryOperator<byte[]> resolution(long above, long below) {
        return all(value(0, 282, 0, above), value(0, 282, 1, below), value(0, 283, 0, above), value(0, 283, 1, below));
    }

    static List<BadFile> images() {
        return List.of(
                answered("untiled", STRIPS, none(), "64 x 48, 1 levels, mpp none"),
                refused("untiled, cut", STRIPS, share(0.7), "cut short"),
                refused("untiled, far too wide", STRIPS, value(0, 256, 0, 65535), "the file ends early"),
                answered("16 bits are brought to 8", GREY16_TIFF, none(), "64 x 48, 1 levels", "#7f7f7f"),
                answered("16 bits are brought to 8", PNG16, none(), "64 x 48, 1 levels", "#7f7f7f"),
                answered("what is clear is white", ALPHA_TIFF, none(), "#ffffff"),
                refused("CMYK", ALPHA_TIFF, all(value(0, 262, 0, 5), without(0, 338)), "unsupported"),
                refused("CMYK", CMYK_JPG, none(), "unsupported"),
                refused("numbers with fractions", FLOAT_TIFF, none(), "unsupported kind"),
                refused("cut after a byte", PNG, first(1), "not a slide or image"),
                refused("cut in its header", PNG, first(20), "damaged"),
                refused("cut in the middle", PNG, share(0.5), "damaged"),
                refused("wrong magic", PNG, bytes(0, 0), "not a slide or image"),
                refused("of 2^31 - 1 sides", PNG, bytes(16, 127, -1, -1, -1, 127, -1, -1, -1), "2147483647"),
                refused("of 2^16 sides", PNG, bytes(16, 0, 1, 0, 0, 0, 1, 0, 0), "65536 x 65536"),
                refused("of negative sides", PNG, bytes(16, -1, -1, -1, -1), "damaged"),
                refused("of width 0", PNG, bytes(16, 0, 0, 0, 0), "damaged"),
                refused("of 5 bits", PNG, bytes(24, 5), "damaged"),
                refused("scratched", PNG, bytes(200, 1, 2, 3, 4, 5, 6, 7, 8), "damaged"),
                refused("cut in the middle", JPG, share(0.5), "damaged"),
                refused("cut before its end", JPG, withoutLast(100), "damaged"),
                refused("without its tables", JPG, bytes(20, 0, 0, 0, 0, 0, 0), "damaged"),
                refused("cut in the middle", BMP, share(0.5), "damaged"),
                refused("of 2^31 - 1 sides", BMP, bytes(18, -1, -1, -1, 127, -1, -1, -1, 127), "damaged"),
                refused("of negative width", BMP, bytes(18, -1, -1, -1, -1), "bad.bmp"),
                refused("of 3 bits", BMP, bytes(28, 3), "damaged"),
                answered("5, 6 and 5 bits", BMP565, none(), "64 x 48, 1 levels", "#00ff00"),
                refused("cut in the middle", GIF, share(0.5), "damaged"),
                refused("cut in its header", GIF, first(8), "damaged"),
                refused("a web page", PYRAMID, text("<!DOCTYPE html><html>Sign in</html>"), "not a slide or image"),
                refused("text", PNG, text("lesion at 5, 5"), "not a slide or image"));
    }

    static List<BadFile> imports() {
        return List.of(
                        answered("whole", STRIPS, none(), "64 x 48"),
                        answered("16 bits", PNG16, none(), "64 x 48, first pixel #7f7f7f"),
                        answered("5, 6 and 5 bits", BMP565, none(), "64 x 48, first pixel #00ff00"),
                        refused("of no bytes", PNG, first(0), "not an image"),
                        refused("cut in the middle", PNG, share(0.5), "damaged"),
                        refused("cut in the middle", JPG, share(0.5), "damaged"),
                        refused("cut in the middle", STRIPS, share(0.5), "damaged"),
                        refused("CMYK", CMYK_JPG, none(), "expected grey or RGB", "4 channels"),
                        refused("numbers with fractions", FLOAT_TIFF, none(), "8 or 16 bits"),
                        refused("of 2^31 - 1 sides", PNG, bytes(16, 127, -1, -1, -1, 127, -1, -1, -1), "2147483647"),
                        refused("of width 0", PNG, bytes(16, 0, 0, 0, 0), "damaged"),
                        refused("tiles of width 0", PYRAMID, value(0, 322, 0, 0), "damaged"),
                        refused("0 bits", PYRAMID, values(0, 258, 0), "damaged"),
                        refused("tiles beyond the end", PYRAMID, values(0, 324, 0x7FFFFFFF), "damaged"),
                        refused("text", PNG, text("lesion at 5, 5"), "not an image"))
                .stream()
                .map(row -> row.as(BadFile.Use.IMPORT))
                .toList();
    }
}
