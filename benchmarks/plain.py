"""The plain alternative, without anything of this project: what people use today.

The same posts with Material alone, its own features as its manual recommends
them: equations are typeset by MathJax in the browser, notebooks come as
mkdocs-jupyter makes them, tied numbers are ordinary text.
"""

import re
import shutil

import yaml

from benchmarks.site import ROOT

MATHJAX = "assets/mathjax"
# As Material's manual has it; the font comes from here, too, not from another host.
SETTINGS = r"""window.MathJax = {
  loader: { paths: { fonts: new URL("mathjax", document.currentScript.src).href } },
  output: { fontPath: "[fonts]/%%FONT%%-font" },
  tex: { inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]] },
  options: { ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex" },
};
"""


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, in which !ENV and !relative say what only MkDocs knows."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def make(root, mathjax=True):
    """Turn a copy of the project into its plain alternative, with MathJax or without."""
    config = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)
    for name in ("hooks", "not_in_nav", "watch"):
        config.pop(name, None)
    config["theme"].pop("custom_dir")
    config["site_url"] = "http://127.0.0.1:8000/"
    config.pop("repo_url")
    config["extra_css"] = []
    scripts = ["assets/mathjax.js", f"{MATHJAX}/mathjax/tex-chtml.js"] if mathjax else []
    config["extra_javascript"] = scripts
    config.pop("validation")
    notebooks = {"include": ["notebooks/*.py"], "execute": True}
    config["plugins"].append({"mkdocs-jupyter": notebooks})
    for extension in config["markdown_extensions"]:
        if isinstance(extension, dict) and "pymdownx.snippets" in extension:
            extension["pymdownx.snippets"]["check_paths"] = False  # of explorers nothing is left
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    shutil.rmtree(root / "overrides")
    shutil.rmtree(root / "hooks")
    docs = root / "docs"
    shutil.rmtree(docs / "assets" / "javascripts")
    shutil.rmtree(docs / "assets" / "stylesheets")
    if mathjax:
        packages = ROOT / "node_modules"
        skipped = shutil.ignore_patterns("*.mjs", "node-*", "svg", "svg.js", "sre")
        shutil.copytree(packages / "mathjax", docs / MATHJAX / "mathjax", ignore=skipped)
        font = "mathjax-newcm-font"
        shutil.copytree(packages / "@mathjax" / font, docs / MATHJAX / font, ignore=skipped)
        (docs / "assets" / "mathjax.js").write_text(SETTINGS, encoding="utf-8")
    for page in [*docs.rglob("*.md"), *docs.rglob("*.py")]:
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"\\data\{[^}]*\}\{([^{}]*)\}", r"\1", text)
        page.write_text(text, encoding="utf-8")
