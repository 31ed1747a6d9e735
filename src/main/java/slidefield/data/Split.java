package slidefield.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a slide is for. Pixels of one split never lie in another; {@link Manifest} refuses it. */
public enum Split {
    /** Fits the shared weights. */
    @JsonProperty("train")
    TRAIN,
    /** Chooses between settings; never reported. */
    @JsonProperty("validation")
    VALIDATION,
    /** Reported, and seen for nothing else. */
    @JsonProperty("test")
    TEST;

    /** The word used in manifests and on the command line: {@code train}, {@code validation} or {@code test}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
