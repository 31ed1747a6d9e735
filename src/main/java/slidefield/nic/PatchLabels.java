package slidefield.nic;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What labelled patches are labelled by, at their centre. */
public enum PatchLabels {
    /** Whether it is annotated as tumour. */
    @JsonProperty("tumour")
    TUMOUR,
    /** The class of tissue in the manifest's masks ({@link slidefield.data.TissueMask}). */
    @JsonProperty("tissue")
    TISSUE
}
