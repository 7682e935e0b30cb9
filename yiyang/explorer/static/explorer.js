"use strict";

// The filters of the explorer's page. The page is whole without them; nothing is fetched. What is
// chosen stands in the address: a link keeps it.
document.addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector(".yx");
  if (!root) return;
  const find = (selector) => root.querySelector(selector);
  const said = JSON.parse(root.dataset.said);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const bare = (text) => text.replace(/\s+/g, "").toLowerCase();
  const PAGE = 300;
  const PLACES = 200;
  const AROUND = 18;

  const form = find(".yx-filter");
  const map = find("svg.yx-map");
  const brush = find(".yx-brush");
  const dots = [...map.querySelectorAll("circle")];
  const names = find(".yx-tasks").dataset.fields.split(" ");
  const kinds = ["group", "jurisdiction", "family"];
  const tasks = [...find(".yx-tasks").tBodies[0].rows].map((row, n) => ({
    row,
    dot: dots[n],
    x: Number(dots[n].getAttribute("cx")),
    y: Number(dots[n].getAttribute("cy")),
    id: row.cells[0].textContent,
    text: row.cells[4].textContent,
    words: bare(row.cells[4].textContent),
    values: Object.fromEntries(row.dataset.values.split("|").map((v, i) => [names[i], v.split(" ")])),
    colours: row.dataset.colours.split(" "),
  }));
  let area = null;
  let most = PAGE;
  let there = tasks;

  const fields = [...form.querySelectorAll("select, input")];
  const wanted = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const inside = (task) => !area
    || (task.x >= area[0] && task.x <= area[2] && task.y >= area[1] && task.y <= area[3]);
  const fits = (task, want, words) =>
    inside(task) && words.every((word) => task.words.includes(word)) &&
    names.every((name) => !want[name] || task.values[name].includes(want[name]));

  const heat = find(".yx-heat");
  const number = (name, text) => String(said.values[name].indexOf(text));
  const cells = heat ? [...heat.tBodies[0].rows].flatMap((row) =>
    [...row.cells].slice(1).map((cell, n) => ({
      cell,
      group: number("group", row.cells[0].textContent),
      column: number(heat.dataset.across, heat.tHead.rows[0].cells[n + 1].textContent),
      printed: cell.textContent,
      shade: cell.className,
    }))) : [];
  const columns = new Set(cells.map(({ column }) => column));

  // What the page lists is a sample of what the heat map counts where they are very many.
  const recount = (isAll) => {
    const counts = new Map();
    for (const task of isAll || !heat ? [] : there) {
      for (const group of task.values.group) {
        // The rarer agencies share a column, in which a task stands once.
        const all = task.values[heat.dataset.across].map((one) => (columns.has(one) ? one : "-1"));
        for (const column of new Set(all)) {
          const key = `${group} ${column}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
    }
    const count = ({ group, column }) => counts.get(`${group} ${column}`) ?? 0;
    const sums = new Map();
    for (const one of cells) sums.set(one.column, (sums.get(one.column) ?? 0) + count(one));
    const share = (one) => count(one) / Math.max(sums.get(one.column), 1);
    const most = Math.max(...cells.map(share)) || 1;
    for (const one of cells) {
      one.cell.textContent = isAll ? one.printed : count(one);
      one.cell.className = isAll ? one.shade : `yx-s${Math.round(10 * share(one) / most)}`;
    }
  };

  const page = () => {
    let n = 0;
    const kept = new Set(there);
    for (const task of tasks) task.row.hidden = !kept.has(task) || (n += 1) > most;
    find(".yx-more").hidden = there.length <= most;
  };

  // Where the words stand, aligned, in the order chosen.
  const concordance = (word) => {
    const box = find(".yx-kwic");
    box.hidden = !word;
    if (!word) return;
    const found = [];
    for (const task of there) {
      for (let at = task.text.indexOf(word); at >= 0; at = task.text.indexOf(word, at + word.length)) {
        const end = at + word.length;
        found.push([task.id, task.text.slice(Math.max(0, at - AROUND), at), word,
          task.text.slice(end, end + AROUND)]);
      }
    }
    const sort = box.querySelector("select").value;
    const key = { left: (row) => [...row[1]].reverse().join(""), right: (row) => row[3] }[sort];
    if (key) found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
    const table = document.createElement("table");
    for (const row of found.slice(0, PLACES)) {
      const line = table.insertRow();
      row.forEach((text, n) => {
        const cell = document.createElement(n ? "td" : "th");
        cell.className = ["", "yx-left", "yx-word", ""][n];
        cell.textContent = text;
        line.append(cell);
      });
    }
    const told = document.createElement("p");
    const values = { n: found.length, shown: Math.min(found.length, PLACES), word };
    told.textContent = fill(found.length ? said.places : said.no_places, values);
    box.lastElementChild.replaceChildren(told, table);
  };

  const write = (want) => {
    const kept = new URLSearchParams();
    for (const field of fields) {
      if (!want[field.name] || (field.name === "colour" && want.colour === "group")) continue;
      const text = field.options && field.name !== "colour"
        ? field.options[field.selectedIndex].textContent : field.value;
      kept.set(field.name, text);
    }
    if (area) kept.set("box", area.map((v, i) => (i < 2 ? Math.floor(v * 10) : Math.ceil(v * 10)) / 10).join(" "));
    history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
  };

  const show = () => {
    const want = wanted();
    const words = want.words.split(/\s+/).filter(Boolean).map(bare);
    there = tasks.filter((task) => fits(task, want, words));
    const kept = new Set(there);
    for (const task of tasks) task.dot.classList.toggle("yx-out", !kept.has(task));
    const brushed = area ? said.brushed : "";
    find(".yx-status").textContent = fill(said.shown, { n: there.length, of: tasks.length }) + (brushed && ` ${brushed}`);
    recount(there.length === tasks.length);
    concordance(want.words.trim());
    page();
  };

  const colour = () => {
    const kind = form.elements.colour.value;
    const palette = said.palette[kind];
    for (const task of tasks) task.dot.setAttribute("fill", palette[task.colours[kinds.indexOf(kind)]]);
    for (const list of root.querySelectorAll(".yx-legend")) list.hidden = list.dataset.colour !== kind;
  };

  const changed = () => { most = PAGE; show(); colour(); write(wanted()); };
  const clear = () => { area = null; brush.setAttribute("visibility", "hidden"); };

  for (const { cell, group, column } of cells) {
    cell.addEventListener("click", () => {
      for (const [name, value] of [["group", group], [heat.dataset.across, column]]) {
        if (form.elements[name] && value !== "-1") form.elements[name].value = value;
      }
      changed();
    });
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { clear(); setTimeout(changed); });
  find(".yx-kwic select").addEventListener("input", show);
  find(".yx-more").addEventListener("click", () => { most += PAGE; page(); });

  // A rectangle drawn over the map keeps the tasks inside; Escape or a click takes it away.
  const at = (event) => {
    const box = map.getBoundingClientRect();
    const view = map.viewBox.baseVal;
    return [(event.clientX - box.left) / box.width * view.width,
      (event.clientY - box.top) / box.height * view.height];
  };
  let start = null;
  map.addEventListener("pointerdown", (event) => {
    start = at(event);
    map.setPointerCapture(event.pointerId);
  });
  const draw = () => {
    const names = ["x", "y", "width", "height"];
    const [left, top, right, bottom] = area;
    [left, top, right - left, bottom - top].forEach((v, i) => brush.setAttribute(names[i], v));
    brush.setAttribute("visibility", "visible");
  };
  map.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = at(event);
    const [low, high] = [Math.min, Math.max].map((of) => start.map((v, i) => of(v, end[i])));
    area = [...low, ...high];
    draw();
  });
  map.addEventListener("pointerup", (event) => {
    const end = at(event);
    if (start && Math.hypot(end[0] - start[0], end[1] - start[1]) < 4) clear();
    start = null;
    changed();
  });
  map.addEventListener("pointercancel", () => {
    start = null;
    clear();
    changed();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && area) { clear(); changed(); }
  });
  map.addEventListener("pointerover", (event) => {
    const task = tasks[dots.indexOf(event.target)];
    for (const dot of map.querySelectorAll(".yx-at")) dot.classList.remove("yx-at");
    find(".yx-tip").textContent = task
      ? `${task.id} · ${task.row.cells[1].textContent} · ${task.row.cells[2].textContent} · ${task.text.slice(0, 120)}` : "";
    if (task) task.dot.classList.add("yx-at");
  });

  for (const [name, text] of new URLSearchParams(location.hash.slice(1))) {
    const field = fields.find((one) => one.name === name);
    const box = name === "box" ? text.split(" ").map(Number) : [];
    if (box.length === 4 && box.every(Number.isFinite)) {
      area = box;
      draw();
    }
    if (!field || (name === "colour" && !Object.hasOwn(said.palette, text))) continue;
    const isNumbered = field.options && name !== "colour";
    field.value = !isNumbered ? text : said.values[name].includes(text) ? number(name, text) : "";
  }
  form.hidden = false;
  show();
  colour();
});
