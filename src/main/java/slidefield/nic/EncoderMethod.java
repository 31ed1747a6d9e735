package slidefield.nic;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By what a {@link StridedEncoder} is trained; it changes nothing of the network. */
public enum EncoderMethod {
    /** Reconstruction by a variational autoencoder. */
    @JsonProperty("vae")
    VAE("VAE"),
    /** Telling whether two patches show the same place. */
    @JsonProperty("contrastive")
    CONTRASTIVE("Contrastive"),
    /** Labels of patches. */
    @JsonProperty("supervised")
    SUPERVISED("Supervised");

    private final String title;

    EncoderMethod(String title) {
        this.title = title;
    }

    /** What it is called in tables. */
    public String title() {
        return title;
    }
}
