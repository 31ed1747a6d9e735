/**
 * The Jupyter kernel: cells of Java evaluated by JShell in the kernel's own JVM, on IJava's base library
 * ({@code io.github.spencerpark:jupyter-jvm-basekernel}). Keeps IJava's display interface. Knows nothing of
 * slides, fields or charts, and depends on no other package of this library.
 *
 * <p>Who does what: {@link slidefield.kernel.KernelMain} is the process, {@link slidefield.kernel.JavaKernel}
 * answers messages, {@link slidefield.kernel.CellRunner} turns a cell into JShell snippets,
 * {@link slidefield.kernel.CellExecution} runs them on a thread that can be stopped,
 * {@link slidefield.kernel.Outbox} is the only way from user code to the sockets.
 */
package slidefield.kernel;
