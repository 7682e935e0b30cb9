"use strict";

// The filters of the task browser. The page is whole without them; nothing is fetched. What is
// chosen stands in the address: Back brings it again, a link keeps it.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.yy-filter:not(.yy-sheet)");
  if (!form) return;
  const find = (selector) => form.querySelector(selector);
  const said = JSON.parse(form.dataset.said);
  const same = JSON.parse(form.dataset.same);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const bare = (text) => text.replace(/\s+/g, "").toLowerCase();
  const fields = [...form.querySelectorAll("input[name], select[name]")];
  const table = document.querySelector(".yy-tasks");
  const tasks = [...table.querySelectorAll(":scope > tbody")].map((body) => ({
    body,
    place: body.dataset.jurisdiction,
    words: bare(body.rows[0].textContent),
    themes: body.dataset.theme.split(" "),
    units: body.dataset.units.split(" ").map((unit) => unit.split(":")),
  }));
  let guest = null;
  let isTyping = false;

  // 绿色通道 医保 | 巡诊: either, and of the first both; each with the words of its group.
  const asked = (words) => words.split(/[|｜]/).map((part) => part.trim().split(/\s+/)
    .filter(Boolean).map((word) => {
      const group = same.find((others) => others.some((other) => bare(other) === bare(word)));
      return [word, ...(group ?? []).filter((other) => bare(other) !== bare(word))];
    })).filter((all) => all.length);
  const holds = (task, query) => !query.length
    || query.some((all) => all.every((any) => any.some((word) => task.words.includes(bare(word)))));

  // Responsible in the wide sense is any role but support.
  const plays = (role, want) =>
    !want || role === want || (want === "primary" && role !== "supporting" && role !== "other");
  const fits = (task, want) =>
    holds(task, asked(want.words ?? "")) &&
    (!want.jurisdiction || task.place === want.jurisdiction) &&
    (!want.theme || task.themes.includes(want.theme)) &&
    (!want.state || task.body.dataset.state === want.state) &&
    // One and the same unit bears the agency and the role.
    ((!want.agency && !want.role) || task.units.some(([agency, role]) =>
      (!want.agency || agency === want.agency) && role && plays(role, want.role)));
  const count = (want) => tasks.filter((task) => fits(task, want)).length;

  const wanted = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const option = (name, value) =>
    [...form.elements[name].options].find((one) => one.value === value)?.textContent ?? value;
  const spoken = (want) => fields.filter((field) => want[field.name])
    .map(({ name }) => (name === "words" ? `“${want.words}”` : option(name, want[name]))).join(" · ");

  const write = (want, way) => {
    const kept = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
    history[way](null, "", `${location.pathname}${kept.size ? `?${kept}` : ""}`);
  };

  // Why nothing fits, and what is near: each choice left out in turn, and the wider role.
  const near = (want) => {
    const place = option("jurisdiction", want.jurisdiction);
    const reasons = [];
    const ofPlace = tasks.filter((task) => task.place === want.jurisdiction);
    const none = (test) => !ofPlace.some((task) => task.units.some(test));
    if (want.jurisdiction && want.role && none(([, role]) => role && plays(role, want.role))) {
      reasons.push(fill(said.no_role, { place, role: option("role", want.role) }));
    }
    if (want.jurisdiction && want.agency && none(([agency]) => agency === want.agency)) {
      reasons.push(fill(said.no_agency, { place, agency: option("agency", want.agency) }));
    }
    const others = want.role && want.role !== "primary" ? [{ ...want, role: "primary" }] : [];
    for (const { name } of fields) if (want[name]) others.push({ ...want, [name]: "" });
    const offers = others.map((other) => [other, count(other)]).filter(([, n]) => n);
    const box = find(".yy-near");
    box.textContent = reasons.join("");
    for (const [other, n] of offers) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = fill(said.instead, { want: spoken(other) || said.alone, n });
      button.addEventListener("click", () => { put(other); write(other, "pushState"); filter(); });
      box.append(button);
    }
  };

  const mark = (query) => {
    table.classList.toggle("yy-searched", query.length > 0);
    if (!CSS.highlights) return;
    CSS.highlights.delete("yy-hit");
    const words = query.flat(2).map((word) => word.toLowerCase());
    if (!words.length) return;
    const ranges = [];
    for (const { body } of tasks.filter((task) => !task.body.hidden)) {
      const walker = document.createTreeWalker(body.rows[0], NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.toLowerCase();
        for (const word of words) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("yy-hit", new Highlight(...ranges));
  };

  const filter = () => {
    const want = wanted();
    let shown = 0;
    for (const task of tasks) {
      const fit = fits(task, want);
      task.body.hidden = !fit && task.body !== guest;
      shown += fit ? 1 : 0;
    }
    const text = fill(shown ? said.some : said.none, { n: shown, of: tasks.length });
    find("[role=status]").textContent = text;
    const query = asked(want.words);
    const also = [...new Set(query.flat().flatMap((any) => any.slice(1)))];
    const places = [...form.elements.jurisdiction.options].slice(1).map((one) =>
      [one.dataset.short, count({ ...want, jurisdiction: one.value })]);
    const spread = Object.values(want).some(Boolean) && places.length > 1
      ? places.map(([name, n]) => `${name} ${n || said.at_none}`).join(" · ") : "";
    const more = [spread, also.length ? fill(said.also, { words: also.join("、") }) : "",
      guest && !guest.hidden && !fits(tasks.find((t) => t.body === guest), want)
        ? fill(said.guest, { task: guest.id }) : ""];
    find(".yy-places").textContent = more.filter(Boolean).join(" ");
    find(".yy-near").textContent = "";
    if (!shown) near(want);
    const go = find(".yy-go");
    const key = form.elements.jurisdiction.selectedOptions[0].dataset.key;
    go.hidden = !key;
    const kept = new URLSearchParams(["agency", "theme"].filter((n) => want[n]).map((n) => [n, want[n]]));
    go.href = `brief-${key}.html${kept.size ? `?${kept}` : ""}`;
    document.querySelector(".yy-on-paper").textContent =
      spoken(want) ? `${fill(said.criteria, { want: spoken(want) })} ${text}` : "";
    mark(query);
  };

  const put = (want) => {
    for (const field of fields) {
      const before = field.value;
      field.value = want[field.name] ?? "";
      if (field.value !== (want[field.name] ?? "")) field.value = before;
    }
  };
  const read = () => {
    isTyping = false;
    for (const field of fields) field.value = "";
    const given = new URLSearchParams(location.search);
    put(Object.fromEntries(fields.map(({ name }) => [name, given.get(name) ?? ""])));
    filter();
  };

  // #%: half a character's number, which no task bears
  const named = (hash) => {
    try { return decodeURIComponent(hash); } catch { return hash; }
  };
  // A link to a task opens it, whatever the filters hide; they stay as they are.
  const open = () => {
    const body = document.getElementById(named(location.hash.slice(1)));
    if (!body || !body.matches(".yy-tasks > tbody")) return;
    guest = body;
    filter();
    body.querySelector("details").open = true;
    body.scrollIntoView();
  };

  // Line breaks within a cell part its title from its text: they become spaces.
  const chosen = () => [said.heads.split("\t"),
    ...tasks.filter((task) => !task.body.hidden).map(({ body, place }) => {
      const [, text, ...rest] = [...body.rows[0].cells].map((c) => c.innerText);
      return [body.id, option("jurisdiction", place), text, ...rest];
    })].map((row) => row.map((text) => text.replace(/\s+/g, " ").trim()));
  // A table for Word and Excel: it is pasted with its rows and columns.
  const copyTable = async () => {
    const table = document.createElement("table");
    table.border = "1";
    for (const row of chosen()) {
      const line = table.insertRow();
      for (const text of row) line.insertCell().textContent = text;
    }
    const plain = chosen().map((row) => row.map(yiyangOffice.safe).join("\t")).join("\n");
    const kinds = { "text/html": table.outerHTML, "text/plain": plain };
    const item = Object.fromEntries(Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]));
    await navigator.clipboard.write([new ClipboardItem(item)]);
    find(".yy-places").textContent = said.tabled;
  };
  const save = (kind) => {
    const before = [document.querySelector(".yy-on-paper").textContent
      || find("[role=status]").textContent];
    yiyangOffice.save(kind, said.file, {
      title: said.title, before, rows: chosen(), widths: [14, 14, 60, 18, 40, 22], after: [],
    });
  };

  form.hidden = false;
  form.addEventListener("input", (event) => {
    guest = null;
    // Letters typed one after another are one step back, from the first of them on.
    const isTyped = event.target.name === "words";
    write(wanted(), isTyped && isTyping ? "replaceState" : "pushState");
    isTyping = isTyped;
    filter();
  });
  form.addEventListener("reset", () => window.setTimeout(() => {
    guest = null;
    write({}, "pushState");
    filter();
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["xlsx", "docx", "csv"]) {
    form.elements[kind].addEventListener("click", () => save(kind));
  }
  form.elements.table.addEventListener("click", copyTable);
  form.elements.table.hidden = !window.ClipboardItem;
  form.elements.copy.addEventListener("click", async () => {
    const done = await navigator.clipboard?.writeText(location.href)
      .then(() => said.copied, () => location.href);
    find(".yy-places").textContent = done ?? location.href;
  });
  document.querySelector("a.yy-language")?.addEventListener("click", (event) => {
    event.currentTarget.href = event.currentTarget.href.split(/[?#]/)[0] + location.search
      + (opened.isConnected && opened.open ? `#${opened.closest("tbody").id}` : location.hash);
  });
  // The task that was opened last goes along into the other language, though no link led to it.
  let opened = document.createElement("details");
  table.addEventListener("toggle", (event) => {
    if (event.target.open) opened = event.target;
  }, true);
  window.addEventListener("hashchange", open);
  window.addEventListener("popstate", read);
  read();
  open();
});
