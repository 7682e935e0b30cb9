"use strict";

// A table chosen in the page as CSV, workbook or Word document. The page stands alone and fetches
// nothing; the libraries that write Office files are ten times all our scripts, for far more than
// a head and rows of text.
const yiyangOffice = (() => {
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const P = "http://schemas.openxmlformats.org/package/2006";
  const TYPE = "application/vnd.openxmlformats-officedocument.";
  const FONT = "Microsoft YaHei";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

  // Characters that XML does not hold, and half ones, go; the signs of XML are spelt out.
  const xml = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
  const crc32 = (bytes) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = CRC[(c ^ byte) & 255] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const numbers = (...pairs) => {
    const out = [];
    for (const [value, size] of pairs) for (let at = 0; at < size; at += 1) out.push((value >>> (8 * at)) & 255);
    return Uint8Array.from(out);
  };
  // A zip whose members are stored as they are, with one date (1980-01-01): the same choice, the
  // same bytes.
  const zip = (members) => {
    const parts = [], index = [];
    let at = 0, long = 0;
    for (const [path, text] of Object.entries(members)) {
      const name = new TextEncoder().encode(path), data = new TextEncoder().encode(HEAD + text);
      const told = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc32(data), 4], [data.length, 4],
        [data.length, 4], [name.length, 2], [0, 2]];
      const local = numbers([0x04034b50, 4], ...told);
      const entry = numbers([0x02014b50, 4], [20, 2], ...told, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
      parts.push(local, name, data);
      index.push(entry, name);
      at += local.length + name.length + data.length;
      long += entry.length + name.length;
    }
    const n = index.length / 2;
    const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [n, 2], [n, 2], [long, 4], [at, 4], [0, 2]);
    return [...parts, ...index, end];
  };

  const types = (named) => `<Types xmlns="${P}/content-types">`
    + `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${
      Object.entries(named).map(([path, type]) =>
        `<Override PartName="/${path}" ContentType="${TYPE}${type}+xml"/>`).join("")}</Types>`;
  const relations = (kinds) => `<Relationships xmlns="${P}/relationships">${
    Object.entries(kinds).map(([target, kind], n) =>
      `<Relationship Id="r${n + 1}" Type="${R}/${kind}" Target="${target}"/>`).join("")}</Relationships>`;

  const column = (n) => (n < 26 ? "" : column(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));
  const xlsx = ({ title, rows, widths }) => {
    const cell = (text, y, x) => `<c r="${column(x)}${y + 1}" s="${y ? 1 : 2}" t="inlineStr"><is>`
      + `<t xml:space="preserve">${xml(text)}</t></is></c>`;
    const lines = rows.map((row, y) =>
      `<row r="${y + 1}">${row.map((text, x) => cell(text, y, x)).join("")}</row>`).join("");
    const cols = widths.map((width, n) =>
      `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join("");
    const name = xml(title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31));
    const last = `$${column(widths.length - 1)}$${rows.length}`;
    const font = (bold) => `<font>${bold}<sz val="10"/><name val="${FONT}"/></font>`;
    const look = (font) => `<xf numFmtId="49" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" `
      + 'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>';
    return zip({
      "[Content_Types].xml": types({
        "xl/workbook.xml": "spreadsheetml.sheet.main",
        "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
        "xl/styles.xml": "spreadsheetml.styles",
      }),
      "_rels/.rels": relations({ "xl/workbook.xml": "officeDocument" }),
      "xl/_rels/workbook.xml.rels": relations({ "worksheets/sheet1.xml": "worksheet", "styles.xml": "styles" }),
      "xl/workbook.xml": `<workbook xmlns="${S}" xmlns:r="${R}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/>`
        + `</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${name}'!$1:$1`
        + "</definedName></definedNames></workbook>",
      "xl/styles.xml": `<styleSheet xmlns="${S}"><fonts count="2">${font("")}${font("<b/>")}</fonts>`
        + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        + `<cellXfs count="3"><xf xfId="0"/>${look(0)}${look(1)}</cellXfs>`
        + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
      "xl/worksheets/sheet1.xml": `<worksheet xmlns="${S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`
        + '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        + `</sheetView></sheetViews><cols>${cols}</cols><sheetData>${lines}</sheetData>`
        + `<autoFilter ref="${`$A$1:${last}`.replaceAll("$", "")}"/>`
        + '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
    });
  };

  // The text of a cell may begin one that goes on below (restart) or be such a one (continue).
  const docx = ({ title, before, rows, widths, after }) => {
    const fonts = `<w:rFonts w:ascii="${FONT}" w:hAnsi="${FONT}" w:eastAsia="${FONT}"/>`;
    const paragraph = (text, size = 17, bold = "") => `<w:p><w:pPr><w:spacing w:after="40"/></w:pPr>${
      text.split("\n").map((line, n) => `<w:r><w:rPr>${fonts}${bold}<w:sz w:val="${size}"/></w:rPr>${n ? "<w:br/>" : ""}`
        + `<w:t xml:space="preserve">${xml(line)}</w:t></w:r>`).join("")}</w:p>`;
    const whole = widths.reduce((sum, width) => sum + width, 0);
    const wide = widths.map((width) => Math.round((width / whole) * 15400));
    const cell = (said, x, isHead) => {
      const { text, merge } = typeof said === "string" ? { text: said } : said;
      return `<w:tc><w:tcPr><w:tcW w:w="${wide[x]}" w:type="dxa"/>${merge ? `<w:vMerge w:val="${merge}"/>` : ""}</w:tcPr>${
        paragraph(text, 16, isHead ? "<w:b/>" : "")}</w:tc>`;
    };
    const lines = rows.map((row, y) => `<w:tr><w:trPr><w:cantSplit/>${y ? "" : "<w:tblHeader/>"}</w:trPr>${
      row.map((said, x) => cell(said, x, !y)).join("")}</w:tr>`).join("");
    const edges = ["top", "left", "bottom", "right", "insideH", "insideV"]
      .map((edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join("");
    return zip({
      "[Content_Types].xml": types({ "word/document.xml": "wordprocessingml.document.main" }),
      "_rels/.rels": relations({ "word/document.xml": "officeDocument" }),
      "word/document.xml": `<w:document xmlns:w="${W}"><w:body>${paragraph(title, 28, "<w:b/>")}${
        before.map((text) => paragraph(text)).join("")}<w:tbl><w:tblPr><w:tblW w:w="15400" w:type="dxa"/><w:tblBorders>${
        edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${
        wide.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>${lines}</w:tbl>${
        after.map((text) => paragraph(text)).join("")}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`
        + '<w:pgMar w:top="680" w:right="680" w:bottom="680" w:left="680" w:header="340" w:footer="340" w:gutter="0"/>'
        + "</w:sectPr></w:body></w:document>",
    });
  };

  // A text that a program of tables would take for a formula is kept text.
  const safe = (text) => text.replace(/^([=+\-@＝＋－＠])/, "'$1");
  const csv = ({ rows }) => {
    const cell = (text) => `"${safe(text).replace(/"/g, '""')}"`;
    // The mark of order tells Excel that it is UTF-8.
    return ["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"];
  };

  const kinds = {
    csv: [csv, "text/csv"],
    xlsx: [xlsx, `${TYPE}spreadsheetml.sheet`],
    docx: [docx, `${TYPE}wordprocessingml.document`],
  };
  const save = (kind, name, table) => {
    const [write, type] = kinds[kind];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(write(table), { type }));
    link.download = `${name}.${kind}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  return { safe, save };
})();
