// A table with search, order and pages (DataTables), which takes new rows without being made anew.
// What is in a cell is text, and never markup.
function render({ model, el }) {
  set_or_remove_dark_class();
  const table = document.createElement("table");
  table.className = "display compact";
  table.style.cssText = "width:100%;text-align:left;white-space:normal";
  el.append(table);
  const text = jQuery.fn.dataTable.render.text();
  const made = jQuery(table).DataTable({
    data: JSON.parse(model.get("rows")),
    columns: model.get("heads").map((title) => ({ title, render: text })),
    language: model.get("words"),
    autoWidth: false,
    order: [],
  });
  model.on("change:rows", () => { made.clear().rows.add(JSON.parse(model.get("rows"))).draw(); });
  return () => made.destroy();
}

export default { render }
