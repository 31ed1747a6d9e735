package slidefield.swipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Which network encodes an image for SwIPE: the paper's Res2Net, or one of those that Table 3, right, puts in its place. In
 * YAML the names of its options say which. Immutable, as every kind of it is a record.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(BackboneOptions.class),
    @JsonSubTypes.Type(UNetBackboneOptions.class),
    @JsonSubTypes.Type(CctOptions.class)
})
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
public sealed interface SwipeBackbone permits BackboneOptions, UNetBackboneOptions, CctOptions {}
