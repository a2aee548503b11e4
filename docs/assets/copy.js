// Each displayed formula is copied as its LaTeX, and a result as its function beside it, too.
// Without this script both are on the page: the one is what a selection copies, the other is code.
const TIE = /^# formula (\S+)\n/u;

const functions = new Map();
for (const code of document.querySelectorAll("article pre > code")) {
  for (const part of code.textContent.split(/^(?=# formula )/mu)) {
    const label = TIE.exec(part)?.[1];
    if (label) functions.set(label, [...(functions.get(label) ?? []), part.trim()]);
  }
}

function button(name, title, text) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", title, textContent: name });
  made.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => "copied",
      () => "not copied",
    );
    made.textContent = done;
    setTimeout(() => {
      made.textContent = name;
    }, 1500);
  });
  return made;
}

// A browser offers its clipboard to secure pages alone.
for (const formula of navigator.clipboard ? document.querySelectorAll(".formula") : []) {
  const latex = formula.querySelector(".formula-box annotation")?.textContent;
  if (!latex) continue;
  const buttons = [button("copy LaTeX", "Copy this formula as LaTeX", latex)];
  const labels = [...formula.querySelectorAll(".formula-numbers [id]")].map(({ id }) => id);
  const code = labels.flatMap((label) => functions.get(label) ?? []);
  if (code.length > 0) {
    const text = `${["import numpy as np", ...code].join("\n\n\n")}\n`;
    buttons.push(button("copy NumPy", "Copy this result as a NumPy function", text));
  }
  const box = document.createElement("div");
  box.className = "formula-copy";
  box.setAttribute("aria-live", "polite");
  box.append(...buttons);
  formula.querySelector(".formula-box").after(box);
}
