"""What tests do with an open page: wait until it is ready, point at something, see what has moved."""

from hooks import allowlist

# A frame lays the page out before it is painted; what it moved is noted then. Two have passed when
# the second begins.
FRAMES = "new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))"

# How much has moved since the page was opened, and what: from where to where. A part that is gone
# since, or lies inside of a control, has no name.
MOVES = f"""async () => {{
  const entries = [];
  const observer = new PerformanceObserver(list => entries.push(...list.getEntries()));
  observer.observe({{ type: "layout-shift", buffered: true }});
  await {FRAMES};
  entries.push(...observer.takeRecords());
  const box = ({{ x, y, width, height }}) => [x, y, width, height].map(Math.round).join(" ");
  return entries.flatMap(entry => [
    ...entry.sources.map(({{ node, previousRect, currentRect }}) => {{
      const what = node ? (node.outerHTML ?? node.textContent).slice(0, 80) : "a part without a name";
      return `${{what}} from ${{box(previousRect)}} to ${{box(currentRect)}}`;
    }}),
    `${{entry.value.toFixed(5)}} after ${{Math.round(entry.startTime)}} ms`,
  ]);
}}"""

PLACES = """selector => [...document.querySelectorAll(selector)].map(element => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const name = `${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 40)}`;
  return [name, [x + scrollX, y + scrollY, width, height]];
})"""


NEAR_ALIVE = """() => Promise.all(
  [...document.querySelectorAll("OWN")].map(async element => {
    const near = await new Promise(tell => new IntersectionObserver(([entry], observer) => {
      observer.disconnect();
      tell(entry.isIntersecting);
    }, { rootMargin: "100%" }).observe(element));
    if (near) await customElements.whenDefined(element.localName);
  }))""".replace("OWN", ", ".join(allowlist.OWN))

# What is read of a lab in each of some states, which its address could ask for.
VISIT = """async ([name, queries]) => {
  const read = READ;
  const { explorer } = document.querySelector(name);
  const found = [];
  for (const query of queries) {
    await explorer.go(0, query);
    found.push(read());
  }
  return found;
}"""


def visited(tab, lab, read, queries):
    """What a script reads of a lab in each state that a query asks for, one after the other."""
    return tab.evaluate(VISIT.replace("READ", read), [lab, queries])


# axe examines elements one by one: seconds a page. Of texts that look alike, in light and in dark, one
# stands for all; the name of a link, a heading or a control stays. So do three equations for all, three
# buttons that copy code, and three links of each list of pages: that all have names is seen in gates.py.
# The lines of a drawing, the outlines of an equation and what is inside of its MathML, hidden from the
# eye, have no rule. All is read before anything is taken out, so the page is styled anew once.
LEAVE_OUT_REPEATS = """() => {
  const NAMED = "a, button, label, summary, h1, h2, h3, h4, h5, h6, th, caption, legend, option, "
    + "title, desc, math, script, style, [role=button], [role=option]";
  const all = selector => [...document.querySelectorAll(selector)];
  const { body } = document;
  const paths = new Map([[body, ""]]);
  const path = element => {
    if (!paths.has(element)) {
      const name = `${element.localName}.${element.getAttribute("class") ?? ""}`;
      paths.set(element, `${path(element.parentElement)} ${name}`);
    }
    return paths.get(element);
  };

  const looks = new Map();
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() && !parentElement.closest(NAMED))
      looks.set(walker.currentNode, path(parentElement));
  }
  const { mdColorScheme } = body.dataset;
  for (const scheme of ["default", "slate"]) {
    body.dataset.mdColorScheme = scheme;
    for (const [text, look] of looks) {
      const { color, fill, fontSize, fontWeight } = getComputedStyle(text.parentElement);
      looks.set(text, [look, color, fill, fontSize, fontWeight].join());
    }
  }
  body.dataset.mdColorScheme = mdColorScheme;
  const seen = new Set();
  const repeated = [...looks].filter(([, look]) => seen.size === seen.add(look).size);
  const shapes = all("figure svg :is(path, rect, circle, line, polyline)")
    .filter(shape => !shape.matches("[tabindex], [role]") && !shape.querySelector("title"));
  const equations = all(".arithmatex:not([tabindex], :has([tabindex]))").slice(3);
  const outlines = all(".arithmatex > svg[aria-hidden] > g:not(:has([tabindex]))");

  for (const [text] of repeated) text.remove();
  for (const gone of [...shapes, ...outlines]) gone.remove();
  for (const equation of equations)
    if (equation.closest(NAMED)) equation.replaceWith(equation.querySelector("math").textContent);
    else equation.remove();
  for (const math of all(".eq-mathml math")) math.replaceChildren(math.textContent);
  const emptied = "p, pre, code, span, strong, em, sub, sup, i, b, g, text, tspan";
  const alone = ":not([id], [role], [tabindex], .explorer-panel *)";
  for (const element of all(`.md-content :is(${emptied})${alone}`).reverse())
    if ([...element.childNodes].every(child => child.localName === "title")) element.remove();
  for (const more of all(".md-code__nav").slice(3)) more.remove();
  for (const list of all(".md-nav__list"))
    for (const item of [...list.children].slice(3))
      if (!item.matches(".md-nav__item--active, :has(.md-nav__item--active)")) item.remove();
}"""

# What axe says of these may be another in the dark.
OF_COLOURS = ("color-contrast", "link-in-text-block")

# A colour that is still changing is none that a reader has to read.
EXAMINE = """async ([within, only]) => {
  for (const change of document.getAnimations())
    if (change instanceof CSSTransition) change.finish();
  const options = { resultTypes: ["violations"], reporter: "no-passes", preload: false };
  if (only.length) options.runOnly = only;
  const { violations } = await axe.run(within ?? document, options);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => [id, help, html]));
}"""


def ready(tab):
    """Wait until the page is loaded and what is near its reader is alive."""
    tab.locator("html[data-ready]").wait_for(state="attached")


def resize(tab, width):
    """Let the window be narrower or wider, and wait until what that has brought near is alive."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate(NEAR_ALIVE)


def come_near(tab, name):
    """Scroll to the first element of that name, and wait until it is alive."""
    tab.locator(name).first.scroll_into_view_if_needed()
    tab.locator(f"{name}:defined").first.wait_for()


def in_scheme(tab, scheme):
    """Show the page "light" or "dark": the page's own script has to hear of it."""
    tab.emulate_media(color_scheme=scheme)
    name = {"light": "default", "dark": "slate"}[scheme]
    tab.locator(f"body[data-md-color-scheme={name}]").wait_for(state="attached")


def scroll_to(tab, locator):
    """Bring an element to the middle of the window."""
    locator.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    tab.evaluate(FRAMES)  # what has come into sight is drawn


def point_at(tab, locator):
    """Move the mouse to the middle of an element, in the middle of the window.

    Not by hover(), which scrolls on and tries again when something else is there.
    """
    scroll_to(tab, locator)
    box = locator.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def leave_out_repeats(tab):
    """Take out of the page what axe would examine again and again."""
    tab.evaluate(LEAVE_OUT_REPEATS)


def violations(tab, axe, within=None, only=()):
    """What shuts readers out of the page, or of what matches a selector: sentences of axe."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
    found = tab.evaluate(EXAMINE, [within, list(only)])
    return [f"{rule}: {help}: {html[:160]}" for rule, help, html in found]


def moves(tab):
    """What has moved by itself since the page was opened: sentences, none if nothing has."""
    return tab.evaluate(MOVES)


def places(tab, selector):
    """Where the elements that match lie on the page, wherever it is scrolled to: [(name, box)]."""
    return [tuple(place) for place in tab.evaluate(PLACES, selector)]


def differ(before, after):
    """What has another place now: sentences."""
    gone = [f"{len(before)} elements were there, now {len(after)}"] * (len(before) != len(after))
    return gone + [
        f"{name} at {was}, now {new_name} at {now}"
        for (name, was), (new_name, now) in zip(before, after)
        if (name, was) != (new_name, now)
    ]


# What comes after the frame that shows the beginning of an answer is there: parts/lab.js.
SETTLED = """new Promise(tell => {
  const look = () => document.querySelector("[aria-busy=true]") ? requestAnimationFrame(look) : tell();
  requestAnimationFrame(() => setTimeout(look));
})"""


def settled(tab):
    """The page, when all of what its labs answer is shown. It runs scripts."""
    tab.evaluate(SETTLED)
    return tab


def url(tab):
    """The address of a page, when a lab has written it: parts/lab.js waits for a pause."""
    tab.wait_for_timeout(300)
    return tab.evaluate("location.href")
