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
  document.querySelector("a.yy-language")?.addEventListener("click", (event) => {
    event.currentTarget.href = event.currentTarget.href.split("?")[0] + location.search;
  });
  window.addEventListener("popstate", read);
  read();
});
