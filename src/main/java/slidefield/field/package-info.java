/**
 * The field of WSI-INR (section 2 of the paper): encodings of slide coordinates, the dual-branch decoder, the
 * dilated heads and the field that joins them. How a field is trained lives in {@code slidefield.fit}; pixels and
 * files are unknown here.
 */
package slidefield.field;
