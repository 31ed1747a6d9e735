package slidefield.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the pixels of a mask image say. */
public enum MaskValues {
    /** One class on background: foreground above 127. Values near 0 and 255 are expected; JPEG blurs them a little. */
    @JsonProperty("black-and-white")
    BLACK_AND_WHITE,
    /** The class's number: 0 is background, the manifest's first class is 1. Not for JPEG, which changes values. */
    @JsonProperty("classes")
    CLASSES;

    /** A black-and-white mask's pixel is foreground above this: the middle of 0 and 255, which JPEG's noise stays far from. */
    public static final int THRESHOLD = 127;
}
