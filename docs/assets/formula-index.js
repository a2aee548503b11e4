// The table of all formulas, filtered by what its form says; the address keeps that.
const form = document.querySelector(".formula-index-filter");
const groups = [...document.querySelectorAll(".formula-index-table tbody")];
const said = form.querySelector("[role=status]");
const CHOICES = ["object", "operation", "layout"];

/** What is compared: small letters, and of LaTeX no backslashes and braces. */
const plain = (text) => text.toLowerCase().replace(/[\\{}]/gu, "");

const pages = groups.map((group) => {
  const [head, ...rows] = group.rows;
  const title = plain(head.textContent);
  return {
    group, head, title,
    rows: rows.map((row) => ({ row, text: `${plain(row.cells[0].textContent)} ${title}` })),
  };
});
const total = pages.reduce((sum, { rows }) => sum + rows.length, 0);

/** What is chosen, without what is left open. */
function chosen() {
  const entries = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  return new URLSearchParams(entries.filter(([, value]) => value));
}

function filter() {
  const asked = chosen();
  const words = plain(asked.get("text") ?? "").split(/\s+/u);
  const says = (text) => words.every((word) => text.includes(word));
  const choices = CHOICES.filter((name) => asked.has(name));
  let count = 0;
  for (const { group, title, rows } of pages) {
    let shown = choices.length === 0 && says(title);
    for (const { row, text } of rows) {
      const fits = says(text) && choices.every(
        (name) => row.dataset[name].split(";").includes(asked.get(name)),
      );
      row.hidden = !fits;
      count += Number(fits);
      shown ||= fits;
    }
    group.hidden = !shown;
  }
  said.textContent = count === total ? `${total} formulas` : `${count} of ${total} formulas`;
  return asked;
}

function keep() {
  const address = new URL(location.href);
  for (const name of [...CHOICES, "text"]) address.searchParams.delete(name);
  for (const [name, value] of filter()) address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (!field) continue;
  field.value = value;
  if (field.selectedIndex === -1) field.value = "";
}
form.addEventListener("input", keep);
form.addEventListener("reset", () => setTimeout(keep));
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
