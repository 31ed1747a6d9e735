/**
 * What a notebook shows: {@link slidefield.notebook.Show} (images, charts, tables, on whichever Java kernel runs),
 * {@link slidefield.notebook.Charts} (XChart in one style), {@link slidefield.notebook.Overlay} (lesions over a
 * slide) and {@link slidefield.notebook.Progress}. Nothing here computes a result, and everything works without
 * a kernel too: it then prints.
 */
package slidefield.notebook;
