"""Executes one notebook for environment/execute-notebook, which finds the interpreter and the kernel."""

import argparse
import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter

MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/latest.js?config=TeX-AMS_CHTML-full,Safe"
REQUIRE = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def fail(message):
    print(f"execute-notebook: {message}", file=sys.stderr)
    sys.exit(1)


def joined_streams(outputs):
    """Neighbouring prints to one stream as one output: how they were cut into messages is a matter of time."""
    kept = []
    for output in outputs:
        last = kept[-1] if kept else None
        if output.output_type == "stream" and last is not None and last.output_type == "stream" and last.name == output.name:
            last.text += output.text
        else:
            kept.append(output)
    return kept


def cleaned(text, places):
    """Text without this machine's paths."""
    for path, name in places:
        text = text.replace(path, name)
    return text


def clean(notebook, places):
    """Leaves only what the cells and their results say."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Java", "language": "java", "name": "java"},
            "language_info": {"codemirror_mode": "text/x-java", "file_extension": ".java", "mimetype": "text/x-java-source",
                              "name": "java", "pygments_lexer": "java"},
        }
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        cell.outputs = joined_streams(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "stream":
                output.text = cleaned(output.text, places)
            for kind, content in output.get("data", {}).items():
                if isinstance(content, str) and kind.startswith("text/"):
                    output.data[kind] = cleaned(content, places)
    notebook.nbformat, notebook.nbformat_minor = 4, 5


def failing(notebook, error):
    """The first failing cell and its report, for the console."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                report = ANSI.sub("", "\n".join(output.traceback))
                return f"cell {number} failed:\n{indented(cell.source)}\n{report}"
    return str(error)


def indented(text):
    return "\n".join("    " + line for line in text.splitlines())


def whole_file(path, text):
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
    print(path)


def main():
    parser = argparse.ArgumentParser(prog="execute-notebook")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="the most one cell may take")
    parser.add_argument("notebook", type=Path, metavar="IN.ipynb")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    options = parser.parse_args()
    source = options.notebook.resolve()
    if not source.is_file():
        fail(f"expected a notebook, found no file {options.notebook}")
    try:
        notebook = nbformat.read(source, as_version=4)
    except Exception as problem:
        fail(f"{options.notebook} is no notebook: {str(problem).splitlines()[0]}")
    client = NotebookClient(
        notebook, timeout=options.timeout, kernel_name="java", record_timing=False, resources={"metadata": {"path": str(source.parent)}}
    )
    try:
        client.execute()
    except CellTimeoutError:
        running = next((n for n, c in enumerate(notebook.cells, 1) if c.cell_type == "code" and c.execution_count is None and c.source.strip()), 0)
        fail(f"cell {running} took longer than {options.timeout} s; see --timeout")
    except (CellExecutionError, DeadKernelError) as error:
        fail(failing(notebook, error))
    places = [(str(options.root.resolve()), "."), (str(Path.home()), "~")]
    clean(notebook, places)
    nbformat.validate(notebook)
    options.out.mkdir(parents=True, exist_ok=True)
    whole_file(options.out / source.name, nbformat.writes(notebook) + "\n")
    # Set by hand: a distribution may point them at files of this machine.
    exporter = HTMLExporter(template_name="lab", mathjax_url=MATHJAX, require_js_url=REQUIRE)
    body, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": source.stem}})
    whole_file(options.out / (source.stem + ".html"), body)


main()
