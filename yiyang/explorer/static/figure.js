// Draws the specification of a chart, and draws it anew only where more than its rows and its
// parameters changed: a new embedding takes far longer than new rows in the one there is.
const apart = (spec) => {
  const { datasets, params = [], ...rest } = spec;
  const bare = params.map(({ value, ...param }) => param);
  return {
    rows: JSON.parse(datasets?.rows ?? "[]"),
    values: params.filter((param) => !param.select),
    picks: params.filter((param) => param.select?.type === "point"),
    shape: JSON.stringify([rest, bare]),
  };
};
const plain = (value) => JSON.parse(JSON.stringify(value));

async function render({ model, el }) {
  let api = null;
  let shape = null;
  const listen = (name) => {
    const tell = (_, value) => {
      const store = plain(api.view.data(`${name}_store`) ?? []);
      model.set("_vl_selections", { ...plain(model.get("_vl_selections")), [name]: { value, store } });
      model.save_changes();
    };
    api.view.addSignalListener(name, lodashDebounce(tell, 10, { maxWait: 10 }));
  };
  const embed = async (spec, next) => {
    api?.finalize();
    api = null;
    const filled = { ...spec, datasets: { rows: next.rows } };
    const renderer = model.get("is_canvas") ? "canvas" : "svg";
    api = await vegaEmbed(el, filled, { actions: false, renderer });
    shape = next.shape;
    Object.keys(model.get("_vl_selections")).forEach(listen);
  };
  const show = async () => {
    const spec = structuredClone(model.get("spec"));
    const next = apart(spec);
    if (!api || next.shape !== shape) return embed(spec, next);
    for (const { name, value } of next.values) api.view.signal(name, value);
    for (const { name } of next.picks) api.view.data(`${name}_store`, []);
    api.view.data("rows", next.rows);
    await api.view.runAsync();
  };
  // One after the other: a change may come while the one before is still being drawn.
  // A picture that failed is made anew with the next change.
  const failed = (error) => { api = null; shape = null; console.error(error); };
  // What is drawn on a canvas leaves no trace in the page: the number of pictures says so.
  let n = 0;
  const shown = () => show().catch(failed).then(() => { el.dataset.pictures = n += 1; });
  let last = shown();
  model.on("change:spec", () => { last = last.then(shown); });
  await last;
  return () => api?.finalize();
}

export default { render }
