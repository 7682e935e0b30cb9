"use strict";

// The filter of a brief. The page is whole without it; what is chosen stands in its address.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.yy-sheet");
  if (!form) return;
  const status = document.querySelector(".yy-criteria");
  const bodies = [...document.querySelectorAll(".yy-brief > tbody")];
  const fields = [...form.querySelectorAll("select[name]")];

  const show = () => {
    for (const body of bodies) {
      body.hidden = !fields.every((f) => !f.value || body.dataset[f.name].split(" ").includes(f.value));
    }
    const shown = bodies.filter((body) => !body.hidden);
    const named = new Set(shown.flatMap((body) =>
      [...body.querySelectorAll("small")].map((small) => small.textContent.trim())));
    for (const task of document.querySelectorAll(".yy-sources [data-task]")) {
      task.hidden = !named.has(task.dataset.task);
    }
    for (const list of document.querySelectorAll(".yy-sources li")) {
      list.hidden = !list.querySelector("[data-task]:not([hidden])");
    }
    const chosen = fields.filter((f) => f.value).map((f) => f.selectedOptions[0].textContent);
    const said = (shown.length ? status.dataset.some : status.dataset.none)
      .replace("{n}", shown.length).replace("{of}", bodies.length);
    status.textContent = chosen.length ? `${chosen.join(" · ")} — ${said}` : "";
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const held = [...field.options].some((option) => option.value === asked.get(field.name));
      field.value = held ? asked.get(field.name) : "";
    }
    show();
  };

  form.hidden = false;
  form.addEventListener("input", () => {
    const kept = new URLSearchParams(fields.filter((f) => f.value).map((f) => [f.name, f.value]));
    history.pushState(null, "", `${location.pathname}${kept.size ? `?${kept}` : ""}`);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.print.addEventListener("click", () => window.print());
  form.elements.copy.addEventListener("click", async () => {
    // Where a browser gives no clipboard, the address stands there to be copied by hand.
    const said = await navigator.clipboard?.writeText(location.href)
      .then(() => status.dataset.copied, () => location.href);
    status.textContent = said ?? location.href;
  });
  // What is listed, as the page shows it: the cells of a measure stand over its rows.
  const said = (element) => element.innerText.replace(/[ \t]+/g, " ").trim();
  const listed = () => bodies.filter((body) => !body.hidden).flatMap((body) => {
    const first = [...body.rows[0].cells];
    const n = first.length - 3;
    return [...body.rows].map((row, y) => {
      const own = y ? [null, ...row.cells, ...Array(n - 1).fill(null)] : first;
      return own.map((cell, x) => (body.rows.length > 1 && (x === 0 || x > 3)
        ? { text: cell ? said(cell) : "", merge: y ? "continue" : "restart" } : said(cell)));
    });
  });
  const paragraphs = (after) => [...document.querySelectorAll("article section p")]
    .filter((p) => !p.className && Boolean(document.querySelector(".yy-brief")
      .compareDocumentPosition(p) & Node.DOCUMENT_POSITION_FOLLOWING) === after && !p.querySelector("a"))
    .map(said);
  form.elements.docx.addEventListener("click", () => {
    const heads = [...document.querySelectorAll(".yy-brief th")].map((head) => head.textContent);
    const sources = document.querySelector(".yy-sources");
    yiyangOffice.save("docx", form.dataset.file, {
      title: document.querySelector("article h1").firstChild.textContent,
      before: [...paragraphs(false), status.textContent].filter(Boolean),
      rows: [heads, ...listed()],
      widths: [33, 28, 63, 25, 62, 36, 23],
      after: [...paragraphs(true), said(sources.querySelector("b")),
        ...[...sources.querySelectorAll("li:not([hidden])")].map(said)],
    });
  });
  document.querySelector("a.yy-language")?.addEventListener("click", (event) => {
    event.currentTarget.href = event.currentTarget.href.split("?")[0] + location.search;
  });
  window.addEventListener("popstate", read);
  read();
});
