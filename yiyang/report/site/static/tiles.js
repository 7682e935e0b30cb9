"use strict";

// One stop of the tabulator for all tiles; the arrows, Home and End go from tile to tile.
document.addEventListener("DOMContentLoaded", () => {
  const tiles = [...document.querySelectorAll(".yy-tiles a.yy-tile")];
  const stop = (tile) => {
    for (const other of tiles) other.tabIndex = other === tile ? 0 : -1;
  };
  stop(tiles[0]);
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.querySelector(".yy-tiles")?.addEventListener("keydown", (event) => {
    const at = tiles.indexOf(event.target);
    const ends = { Home: tiles[0], End: tiles.at(-1) };
    const next = ends[event.key] ?? (event.key in steps ? tiles[at + steps[event.key]] : null);
    if (at < 0 || !next) return;
    event.preventDefault();
    stop(next);
    next.focus();
  });
});
