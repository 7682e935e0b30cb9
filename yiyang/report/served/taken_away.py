"""Write the whole result of a question as CSV or Parquet, as it comes: a province after the other,
so that memory holds one at a time.

Each row has what a citation needs (title, number, date, file, lines, hash) and, in `selection`,
yiyang's version, the store by its manifest, and what was asked for; in Parquet it stands in the
metadata of the file too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import yiyang
from yiyang.core import store_parts
from yiyang.report.served import asked
from yiyang.report.served.asked import Inquiry
from yiyang.report.served.found_tasks import FROM
from yiyang.report.served.held import HeldStore
from yiyang.safety import digests, escaping

if TYPE_CHECKING:
    import pyarrow as pa

BOM = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the code page of the machine."""
_OF_TASK = (
    "t.task_id, t.document_id, t.seq, t.number_printed, t.jurisdiction, j.name_zh, j.name_en,"
    " j.code, j.level, d.date_issued, d.title, d.document_number, d.issuing_agency, d.file_name,"
    " d.sha256, t.line_start, t.line_end, t.section_printed, t.measure_printed, t.text_printed,"
    " t.text"
)
_UNITS = ", ".join(
    f"string_agg(agency_printed, '、' order by \"order\") filter (role = '{role}') as {role}"
    for role in asked.ALL_ROLES
)
_TABLE = f"""
with chosen as materialized (
  select {_OF_TASK}, d.confidence, d.status{FROM}t.province = $province and d.province = $province
  and {{condition}}
), units as (
  select task_id, {_UNITS}, string_agg(coalesce(agency_id, ''), ';' order by "order") as agency_ids
  from assignments where province = $province and task_id in (select task_id from chosen) group by 1
), times as (
  select task_id, string_agg(printed, '、' order by "order") as deadlines,
  string_agg(coalesce(kind, ''), ';' order by "order") as deadline_kinds, max(due) as last_due
  from deadlines where province = $province and task_id in (select task_id from chosen) group by 1
), of_theme as (
  select task_id, theme_id, second_theme_id, is_in_field from task_themes where province = $province
)
select chosen.* exclude (confidence, status), units.* exclude (task_id), times.* exclude (task_id),
of_theme.* exclude (task_id), confidence, status, $selection as selection
from chosen left join units using (task_id) left join times using (task_id)
left join of_theme using (task_id) order by code, date_issued desc nulls last, document_id, seq
"""
_NUMBERS = {"seq": "int64", "line_start": "int64", "line_end": "int64", "confidence": "float64"}
_OTHERS = {"date_issued": "date32", "last_due": "date32", "is_in_field": "bool_"}


def selection(store: HeldStore, choice: Inquiry) -> str:
    """Say what a result is: the version, the store, and what was asked for."""
    manifest = store.once("digest", lambda: digests.of_file(store.out / store_parts.MANIFEST))
    said = "; ".join(f"{name}={value}" for name, value in choice.said.items() if name not in _SHOWN)
    return f"yiyang {yiyang.__version__}; {store_parts.MANIFEST} sha256 {manifest}; {said or '*'}"


_SHOWN = ("page", "sort")
"""What an address says of the pages alone."""


def _batches(store: HeldStore, choice: Inquiry) -> Iterator[pa.RecordBatch]:
    """The rows; what is refused is refused at once, before the first of them is asked for."""
    condition, values = asked.tasks(store, choice)
    question = f"select distinct t.province{FROM}{condition} order by 1"
    provinces = [row.province for row in store.ask(question, values)]
    values["selection"] = selection(store, choice)
    whole = _TABLE.format(condition=condition)
    return chain.from_iterable(
        store.batches(whole, {**values, "province": province}) for province in provinces
    )


def _schema(said: str) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    own = (name.rpartition(".")[2] for name in _OF_TASK.split(", "))
    names = [n.strip() for n in own]
    names += [*asked.ALL_ROLES, "agency_ids", "deadlines", "deadline_kinds", "last_due", "theme_id"]
    names += ["second_theme_id", "is_in_field", "confidence", "status", "selection"]
    kinds = {**dict.fromkeys(names, "string"), **_NUMBERS, **_OTHERS}
    fields = [pa.field(name, getattr(pa, kinds[name])()) for name in names]
    return pa.schema(
        fields, metadata={"selection": said, "citation": f"yiyang {yiyang.__version__}"}
    )


def csv(store: HeldStore, choice: Inquiry) -> Iterator[bytes]:
    """Give the parts of a file of CSV: UTF-8 with its mark, no cell a formula."""
    batches = _batches(store, choice)
    empty = _schema(selection(store, choice)).empty_table()
    yield BOM + escaping.csv_text(empty.to_pandas()).encode()
    for batch in batches:
        frame = batch.cast(empty.schema.with_metadata(None)).to_pandas()
        _, _, rows = escaping.csv_text(frame).partition("\n")
        yield rows.encode()


class _Sink:
    """What is written into it is taken out again, part by part."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size, self.closed = 0, False

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        self.size += len(self.parts[-1])
        return len(self.parts[-1])

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        """Do nothing: what is written is there."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def parquet(store: HeldStore, choice: Inquiry) -> Iterator[bytes]:
    """Give the parts of a file of Parquet."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    batches = _batches(store, choice)
    wanted, sink = _schema(selection(store, choice)), _Sink()
    with pq.ParquetWriter(sink, wanted, compression="zstd") as writer:
        yield sink.taken()
        for batch in batches:
            writer.write_batch(batch.cast(wanted))
            yield sink.taken()
    yield sink.taken()


Writer = Callable[[HeldStore, Inquiry], Iterator[bytes]]
KINDS: dict[str, tuple[Writer, str]] = {
    "csv": (csv, "text/csv; charset=utf-8"),
    "parquet": (parquet, "application/vnd.apache.parquet"),
}
"""How each kind of file is written, and what it is."""
