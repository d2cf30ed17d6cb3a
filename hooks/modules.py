"""The modules that pages show, published as they are: a listing's title leads to its whole module, imports included."""

import re

from mkdocs.structure.files import File, InclusionLevel

TITLE = re.compile(r'<span class="filename">(snippets/\w+/\w+\.(?:py|c))</span>')


def publish(files, config, root):
    """Put each module of snippets/ among the files of the site, at its own path."""
    for path in sorted([*root.glob("snippets/*/*.py"), *root.glob("snippets/*/*.c")]):
        address = path.relative_to(root).as_posix()
        if path.parent.name == "recording":  # the project's own machinery
            continue
        files.append(
            File.generated(
                config, address, abs_src_path=str(path), inclusion=InclusionLevel.NOT_IN_NAV
            )
        )


def linked(html, base):
    """A page with links from the titles of its listings to their modules; base leads from it to the site's root."""
    return TITLE.sub(
        rf'<span class="filename"><a href="{base.rstrip("/")}/\1" download>\1</a></span>',
        html,
    )
