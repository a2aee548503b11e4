// A box that scrolls must be reachable by the keyboard, and one that does not must not be a stop.
const BOXES = ".formula-box, .finding, .check-details, .routes-figure, .md-typeset__scrollwrap";

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

// The theme puts its boxes around tables when the document is complete.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(BOXES)) watcher.observe(box);
});

// The words of a formula are there for the search, and who copies the formula wants none of them.
for (const words of document.querySelectorAll(".formula-words")) words.remove();
