"use strict";

// The filters of the task browser. The page is whole without them; nothing is fetched.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.yy-filter:not(.yy-sheet)");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const bare = (text) => text.replace(/\s+/g, "").toLowerCase();
  const tasks = [...document.querySelectorAll(".yy-tasks > tbody")].map((body) => ({
    body,
    words: bare(body.rows[0].textContent),
    themes: body.dataset.theme.split(" "),
    units: body.dataset.units.split(" ").map((unit) => unit.split(":")),
  }));

  const fits = (task, want) =>
    (!want.words || task.words.includes(bare(want.words))) &&
    (!want.jurisdiction || task.body.dataset.jurisdiction === want.jurisdiction) &&
    (!want.theme || task.themes.includes(want.theme)) &&
    (!want.state || task.body.dataset.state === want.state) &&
    // One and the same unit bears the agency and the role.
    ((!want.agency && !want.role) || task.units.some(([agency, role]) =>
      (!want.agency || agency === want.agency) && (!want.role || role === want.role)));

  const filter = () => {
    const want = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const task of tasks) {
      task.body.hidden = !fits(task, want);
      shown += task.body.hidden ? 0 : 1;
    }
    const form_of = shown ? status.dataset.some : status.dataset.none;
    status.textContent = form_of.replace("{n}", shown).replace("{of}", tasks.length);
  };

  // #%: half a character's number, which no task bears
  const named = (hash) => {
    try { return decodeURIComponent(hash); } catch { return hash; }
  };

  // A link to a task opens it, whatever the filters hide.
  const open = () => {
    const body = document.getElementById(named(location.hash.slice(1)));
    if (!body || !body.matches(".yy-tasks > tbody")) return;
    if (body.hidden) { form.reset(); filter(); }
    body.querySelector("details").open = true;
    body.scrollIntoView();
  };

  // By its name among the fields alone: a form has a length and an action, too.
  const fields = [...form.querySelectorAll("input[name], select[name]")];
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    if (!asked.has(field.name)) continue;
    const before = field.value;
    field.value = asked.get(field.name);
    if (field.value !== asked.get(field.name)) field.value = before;
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => window.setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", open);
  filter();
  open();
});
