/** Neural fields for whole-slide images. */
package slidefield;
